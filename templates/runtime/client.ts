import { isHeaderValue } from "./request.js";
import { addSettings, defaultSettings, must } from "./settings.js";
import { fullBudget } from "./retry.js";
import type { Client, ClientOptions, Fetch, Target } from "./types.js";

const where = "createClient";

/**
 * Checks, copies and completes a client's options.
 *
 * @param defaults - what the API description says
 * @throws {TypeError} that names the option which cannot be obeyed
 */
export function configureClient(
  defaults: Target,
  options: ClientOptions,
): Client {
  must(Object(options) === options, where, "options must be an object");
  const {
    signer,
    baseUrl = defaults.baseUrl,
    allowInsecure = false,
    apiVersion = defaults.apiVersion,
    fetch = globalFetch,
  } = options;
  for (const [name, value] of Object.entries({ signer, fetch })) {
    must(typeof value === "function", where, `${name} must be a function`);
  }
  must(isHeaderValue(apiVersion), where, "apiVersion must be a header's value");
  must(
    typeof allowInsecure === "boolean",
    where,
    "allowInsecure must be true or false",
  );
  return Object.freeze({
    signer,
    baseUrl: safeBaseUrl(baseUrl, allowInsecure),
    apiVersion,
    fetch,
    settings: addSettings(defaultSettings, options, where),
    retryBudget: fullBudget(),
  });
}

/** The part of Deno that is needed, where there is one. */
interface DenoGlobal {
  readonly Deno?: {
    createHttpClient?(options: { poolMaxIdlePerHost: number }): object;
  };
}

/** Deno's client that keeps no connections, made when it is needed first. */
let unpooled: object | undefined;

/**
 * Looks `fetch` up when it is called, so that it can be replaced. Deno sends a request
 * again by itself when a connection that it has kept breaks; what changes something gets
 * a client there that keeps none.
 */
const globalFetch: Fetch = (url, init) => {
  if (init.keepalive === false) {
    const { Deno } = globalThis as DenoGlobal;
    unpooled ??= Deno?.createHttpClient?.({ poolMaxIdlePerHost: 0 });
    if (unpooled) Object.assign(init, { client: unpooled });
  }
  return fetch(url, init);
};

/** Hosts that `http:` cannot leak anything to. */
const loopback = /^(?:localhost|127\.[\d.]+|\[::1\])$/;

/** Credentials never travel in clear text by accident: plain `http:` is for loopback only. */
function safeBaseUrl(baseUrl: string | URL, allowInsecure: boolean): string {
  let url: URL | undefined;
  try {
    url = new URL(baseUrl);
  } catch {
    // Refused below.
  }
  const isSafe =
    url?.protocol === "https:" ||
    (url?.protocol === "http:" &&
      (allowInsecure || loopback.test(url.hostname)));
  must(
    url && isSafe && !(url.username + url.password + url.search + url.hash),
    where,
    "baseUrl must be https: (http: on loopback or with allowInsecure) without credentials, query or fragment",
  );
  return url.href.replace(/[/?#]+$/, "");
}
