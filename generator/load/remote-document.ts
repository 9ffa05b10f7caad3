import { Buffer } from "node:buffer";
import { maxDocumentBytes } from "./document-bytes.js";
import { BlockedReference } from "./reference-policy.js";

const timeoutMs = 60_000;
const maxRedirects = 5;

/**
 * Fetches a document without credentials; a redirect is followed on the same host only.
 *
 * @throws {Error} that says what went wrong, without the URL's user and password
 */
export async function fetchDocument(url: string): Promise<Buffer> {
  let current = new URL(url);
  requireNoCredentials(current);
  if (current.protocol === "http:" && !isLoopback(current.hostname)) {
    throw new BlockedReference(
      `${current.host} would be asked over plain HTTP, where anybody on the way can change the answer`,
      "Use https: a description decides what the client sends, and where.",
    );
  }
  const signal = AbortSignal.timeout(timeoutMs);
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const response = await request(current, signal);
    const location = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || location === null) {
      return readBytes(response);
    }
    const next = new URL(location, current);
    if (next.host !== current.host || next.protocol !== current.protocol) {
      throw new BlockedReference(
        `${current.host} redirects to another host, ${next.protocol}//${next.host}, which was not asked`,
        "Name the document by the address that it has moved to, if you trust it.",
      );
    }
    requireNoCredentials(next);
    current = next;
  }
  throw new Error(`${current.host} redirects more than ${maxRedirects} times`);
}

function requireNoCredentials({ username, password }: URL): void {
  if (username === "" && password === "") return;
  throw new BlockedReference(
    "the URL contains credentials, which are never sent",
    "Fetch the document yourself and refer to the copy.",
  );
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(host);
}

async function request(url: URL, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, {
      redirect: "manual",
      credentials: "omit",
      signal,
      headers: { accept: "application/yaml, application/json, text/yaml" },
    });
  } catch (error) {
    const { cause } = error as Error;
    const reason = cause instanceof Error ? cause.message : String(error);
    throw new Error(`${url.host} cannot be reached: ${reason}`, {
      cause: error,
    });
  }
}

async function readBytes(response: Response): Promise<Buffer> {
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const length = Number(response.headers.get("content-length") ?? 0);
  if (length > maxDocumentBytes) {
    throw new Error(`the document is larger than ${maxDocumentBytes} bytes`);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const { value } = (await reader?.read()) ?? {};
    if (!value) break;
    size += value.byteLength;
    if (size > maxDocumentBytes) {
      await reader?.cancel();
      throw new Error(`the document is larger than ${maxDocumentBytes} bytes`);
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}
