import type { AnyError } from "./errors.js";
import { unwrap } from "./kompliant-error.js";
import { maskHeaders } from "./request.js";
import type { Result } from "./result.js";
import { defaultSettings } from "./settings.js";
import type { Client, HeaderValues, SignedText } from "./types.js";

interface DryRequest {
  readonly method: string;
  readonly url: string;
  /** Values that may be secret are `***`. */
  readonly headers: HeaderValues;
  readonly bodyBytes: number;
}

/** What a call would send, without what must stay secret. */
export interface Explanation extends DryRequest {
  readonly operation: string;
  /** Names of the data elements that were signed; undefined when the signer does not tell. */
  readonly elements: readonly string[] | undefined;
  /** Exactly what was signed; it contains the API key. */
  readonly stringToSign: string | undefined;
}

/**
 * Makes a call up to where it would be sent, and tells what was signed: for the day
 * when the API says AUTH_SIGNATURE_MISMATCH. Nothing is sent.
 *
 * @param operation - such as `propay.execute`
 * @param input - what the operation takes: its input, and options if you like
 * @throws {KompliantError} when the signer failed, with its error
 */
export async function explain<Input extends readonly unknown[]>(
  client: Client,
  operation: (
    client: Client,
    ...input: Input
  ) => Promise<Result<unknown, AnyError>>,
  ...input: Input
): Promise<Explanation> {
  let signed: SignedText | undefined;
  let sent: DryRequest | undefined;
  const dry: Client = {
    ...client,
    settings: { ...client.settings, hooks: defaultSettings.hooks },
    isDryRun: true,
    signer: ({
      operation: name,
      method,
      attempt,
      url,
      headers,
      body,
      signal,
    }) =>
      client.signer({
        ...{ operation: name, method, attempt, url, headers, body, signal },
        onSigned: (text) => (signed = text),
      }),
    fetch: (url, { method = "", headers, body }) => {
      const bodyBytes = (body as Uint8Array | null)?.byteLength ?? 0;
      const masked = maskHeaders(headers as HeaderValues);
      sent = { method, url, headers: masked, bodyBytes };
      return Promise.reject(new Error("a dry run sends nothing"));
    },
  };
  const result = await operation(dry, ...input);
  if (!sent) unwrap(result);
  if (!sent) throw new TypeError("explain: the operation sends nothing");
  const { elements, stringToSign } = signed ?? {};
  return { operation: result.operation, ...sent, elements, stringToSign };
}
