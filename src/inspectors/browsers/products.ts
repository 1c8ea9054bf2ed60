/** Where browsers keep what matters here. Paths below the home directory for profiles. */
export interface BrowserProduct {
  readonly product: 'Chromium' | 'Chrome' | 'Edge' | 'Brave';
  readonly programs: readonly string[];
  readonly profiles: readonly string[];
  readonly policies: readonly string[];
}

// Sources: Chromium docs/user_data_dir.md and docs/linux/… , chromeenterprise.google/policies (Linux), Brave's and
// Microsoft's own pages on policies, snapcraft and flathub packages' layouts. Tried on Debian's Chromium alone.
export const chromiumLike: readonly BrowserProduct[] = [
  {
    product: 'Chromium',
    programs: ['/usr/bin/chromium', '/usr/bin/chromium-browser'],
    profiles: ['.config/chromium', 'snap/chromium/common/chromium', '.var/app/org.chromium.Chromium/config/chromium'],
    policies: ['/etc/chromium/policies', '/etc/chromium-browser/policies'],
  },
  {
    product: 'Chrome',
    programs: ['/usr/bin/google-chrome-stable', '/usr/bin/google-chrome', '/opt/google/chrome/chrome'],
    profiles: ['.config/google-chrome', '.var/app/com.google.Chrome/config/google-chrome'],
    policies: ['/etc/opt/chrome/policies'],
  },
  {
    product: 'Edge',
    programs: ['/usr/bin/microsoft-edge-stable', '/usr/bin/microsoft-edge'],
    profiles: ['.config/microsoft-edge', '.var/app/com.microsoft.Edge/config/microsoft-edge'],
    policies: ['/etc/opt/edge/policies'],
  },
  {
    product: 'Brave',
    programs: ['/usr/bin/brave-browser', '/usr/bin/brave'],
    profiles: ['.config/BraveSoftware/Brave-Browser', '.var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser'],
    policies: ['/etc/brave/policies'],
  },
];

export const firefoxProfiles: readonly string[] = [
  '.mozilla/firefox',
  'snap/firefox/common/.mozilla/firefox',
  '.var/app/org.mozilla.firefox/.mozilla/firefox',
];

export const firefoxPolicies: readonly string[] = [
  '/etc/firefox/policies/policies.json',
  '/usr/lib/firefox/distribution/policies.json',
  '/usr/lib/firefox-esr/distribution/policies.json',
  '/opt/firefox/distribution/policies.json',
];
