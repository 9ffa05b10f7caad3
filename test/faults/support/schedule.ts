/** What a proxy, or the server behind it, makes of one request. */
export type Step =
  /** Nothing listens where the request goes. */
  | "connection refused"
  /** The server executes it, and its answer comes back. */
  | "executed"
  /** The server answers that there were too many requests, and executes nothing. */
  | "throttled"
  /** The server answers with a documented error, and executes nothing. */
  | "refused"
  | Trouble;

/** The proxy answers, or does not, for a request that the server may execute. */
export interface Trouble {
  /** Whether the server gets the request: never, while the client gets the answer, or before. */
  readonly executed: "never" | "meanwhile" | "before";
  readonly answer: "reset" | "end" | "cut off" | "garbage" | "silence" | Page;
}

/** An answer of the proxy itself. */
export interface Page {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: string;
}

/** What one call meets, request by request; a request behind the last step is executed. */
export interface Schedule {
  readonly effect: "read" | "write";
  readonly steps: readonly Step[];
}

/** Headers by which a call tells the proxy, and the proxy the server, what to do. */
export const scheduleHeader = "x-test-schedule";
export const actHeader = "x-test-act";

/** How often the server has executed each call. */
export type Counts = Readonly<Record<string, number>>;
