/**
 * The keys of the DNS root that everybody trusts: https://data.iana.org/root-anchors/root-anchors.xml (KSK-2017, and
 * KSK-2024, which signs from 2026 on).
 */
interface RootAnchor {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  readonly digest: string;
}

export const rootAnchors: readonly RootAnchor[] = [
  anchor(20_326, 'E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D'),
  anchor(38_696, '683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16'),
];

function anchor(keyTag: number, digest: string): RootAnchor {
  return { keyTag, algorithm: 8, digestType: 2, digest: digest.toLowerCase() };
}
