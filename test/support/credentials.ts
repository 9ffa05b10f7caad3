/** The credentials that Kompliant's quick-start guide prints, and what they sign to (conventions 3.3). */
export const documentedCredentials: {
  readonly apiKey: string;
  readonly secretKey: string;
  readonly authToken: string;
} = {
  apiKey: "sb_3eY9UJuj09636NVPlgmhfa",
  secretKey: "xBeain5pFnPyQkl98qzA+BG+Cjzskpqq9fGKDbDoXNP5",
  authToken: "7F2Av26rUgtzJYgUG9IilG1W6ZMLnt7Dak3Gyht220KLpkBLSJRMOzhBYd",
};

/** Base64 of the HMAC-SHA256 over the documented API key. */
export const documentedSignature =
  "iWEh4jjK9wfjTXd/3GzImPLL1swTZiCPpDbj62vFo2Q=";

/** The decoded documented secret key. */
export const documentedKeyHex =
  "c4179a8a7e691673f242497df2acc0f811be0a3cec929aaaf5f18a0db0e85cd3f9";

/** Every text that must never show up in what the client prints, throws or serialises. */
export const secrets: readonly string[] = [
  documentedCredentials.secretKey,
  documentedCredentials.authToken,
  documentedSignature,
  documentedKeyHex,
];
