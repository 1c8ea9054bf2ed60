/** Certificates of authorities that programs of this device trust, as PEM. */
export interface TrustStore {
  readonly pem: readonly string[];
  /** The files that were read. */
  readonly sources: readonly string[];
  /** What a variable of the environment names in place of the system's list, and holds no certificate. */
  readonly hollow?: { readonly variable: string; readonly path: string };
  /**
   * What is trusted beside these and dear to read (a directory with a file for each certificate). Asked for only when a
   * chain does not hold by the others.
   */
  readonly more?: () => Promise<TrustStore>;
}
