import type {
  HeadersInit,
  Signer,
  SigningRequest,
} from "../../templates/runtime/types.js";

/** A request as a signer gets it. */
export function signingRequest(
  changes: Partial<SigningRequest> = {},
): SigningRequest {
  return {
    operation: "sample.create",
    method: "POST",
    url: new URL("https://api.kompliant.com/sample.create"),
    headers: new Headers({ "x-api-version": "2025-03-24" }),
    body: new TextEncoder().encode('{"sample_id":"s_1"}'),
    attempt: 1,
    signal: new AbortController().signal,
    ...changes,
  };
}

/** The headers that a signer returns, by name in lower case. */
export async function signedHeaders(
  signer: Signer,
  changes?: Partial<SigningRequest>,
): Promise<Record<string, string>> {
  const headers: HeadersInit = await signer(signingRequest(changes));
  return Object.fromEntries(new Headers(headers));
}
