/** What the `Headers` constructor accepts. */
export type HeadersInit = NonNullable<ConstructorParameters<typeof Headers>[0]>;

/** The request as it is about to be sent. Every read of a property returns a copy: changing it changes nothing that is sent. */
export interface SigningRequest {
  /** Name of the API method, such as `propay.execute`. */
  readonly operation: string;
  /** HTTP method in upper case. */
  readonly method: string;
  readonly url: URL;
  /** Everything that is sent besides the headers that the signer returns. */
  readonly headers: Headers;
  /** The exact bytes of the body; empty when there is none. */
  readonly body: Uint8Array;
  /** 1 for the first request of a call; every retry is signed anew. */
  readonly attempt: number;
  /** Aborted when the call's deadline passes or its caller gives up. */
  readonly signal: AbortSignal;
}

/**
 * Returns the headers that authenticate a request. They are added to the request
 * and win over headers of the same name; afterwards nothing changes any more.
 * A signer that throws or rejects ends the call with `client.signing`.
 */
export type Signer = (
  request: SigningRequest,
) => HeadersInit | Promise<HeadersInit>;
