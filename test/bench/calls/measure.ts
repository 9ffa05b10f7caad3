// Runs in a process of its own, bundled with the peers' clients by `client-bundle.ts`.
import { createClient, ksig1, propay } from "../../../generated/index.js";
import type { SigningRequest } from "../../../generated/index.js";
import { documentedCredentials } from "../../support/credentials.js";
import { median } from "../support/measure-process.js";

type HeaderValues = Readonly<Record<string, string>>;

/** What all of them send. */
export interface Sent {
  readonly baseUrl: string;
  readonly input: { readonly propay_id: string };
  /** Every header of the signed request. */
  readonly headers: HeaderValues;
}

/** What a contestant has at hand. */
export interface Equipment extends Sent {
  /** Makes the headers that authenticate the next request. */
  readonly sign: () => Promise<HeaderValues>;
}

/** One way to call `propay.execute`; it resolves to the API's `data`. */
export type Contestant = (equipment: Equipment) => () => Promise<unknown>;

/** How a setting is measured. */
interface Setting {
  readonly name: string;
  readonly rounds: number;
  readonly callsPerRound: number;
  readonly atOnce: number;
  readonly inMemory: boolean;
}

export interface Figure {
  readonly setting: string;
  readonly contestant: string;
  readonly microseconds: number;
  /** To the bare `fetch` of the same round. */
  readonly ratio: number;
}

const settings: readonly Setting[] = [
  {
    name: "in memory",
    rounds: 31,
    callsPerRound: 400,
    atOnce: 1,
    inMemory: true,
  },
  {
    name: "loopback",
    rounds: 31,
    callsPerRound: 100,
    atOnce: 1,
    inMemory: false,
  },
  {
    name: "loopback, 64 at once",
    rounds: 31,
    callsPerRound: 256,
    atOnce: 64,
    inMemory: false,
  },
];

const bare: Contestant = ({ baseUrl, input, headers }) => {
  const body = new TextEncoder().encode(JSON.stringify(input));
  const url = `${baseUrl}/propay.execute`;
  return async () => {
    const response = await fetch(url, { method: "POST", headers, body });
    const { data } = (await response.json()) as { data: unknown };
    return data;
  };
};

const ours: Contestant = ({ baseUrl, input }) => {
  const client = createClient({
    baseUrl,
    signer: ksig1(documentedCredentials),
  });
  return async () => {
    const result = await propay.execute(client, input);
    return result.ok ? result.data : result.error;
  };
};

/**
 * Measures every contestant in turn, round by round, so that what disturbs one disturbs all.
 *
 * @param peers - those that sign every call; each competes with our signer, and signing
 *   with WebCrypto each time
 * @param others - those that sign no call
 */
export async function measure(
  sent: Sent,
  answer: string,
  peers: Readonly<Record<string, Contestant>>,
  others: Readonly<Record<string, Contestant>>,
): Promise<Figure[]> {
  const sign = signing(sent);
  const signEachTime = signingEachTime();
  const contestants: Record<string, Contestant> = {
    "bare fetch": bare,
    "kompliant-codegen": ours,
    ...others,
  };
  for (const [name, peer] of Object.entries(peers)) {
    contestants[`${name}, with our signer`] = peer;
    contestants[`${name}, signing with WebCrypto each time`] = (equipment) =>
      peer({ ...equipment, sign: signEachTime });
  }
  const equipment = { ...sent, sign };
  const onTheNetwork = globalThis.fetch;
  const figures: Figure[] = [];
  for (const setting of settings) {
    globalThis.fetch = setting.inMemory ? answering(answer) : onTheNetwork;
    const calls = Object.entries(contestants).map(
      ([name, contestant]) => [name, contestant(equipment)] as const,
    );
    for (const [name, call] of calls) await requireData(name, call, answer);
    figures.push(...(await measureSetting(setting, new Map(calls))));
  }
  return figures;
}

/** The peers need not put a request together for the signer: theirs is made beforehand. */
function signing({ baseUrl }: Sent): () => Promise<HeaderValues> {
  const signer = ksig1(documentedCredentials);
  const request: SigningRequest = {
    operation: "propay.execute",
    method: "POST",
    url: new URL(`${baseUrl}/propay.execute`),
    headers: new Headers(),
    body: new Uint8Array(),
    attempt: 1,
    signal: new AbortController().signal,
  };
  return async () => (await signer(request)) as HeaderValues;
}

/** The signature as one writes it by hand in a middleware: the key is imported once. */
function signingEachTime(): () => Promise<HeaderValues> {
  const { apiKey, authToken, secretKey } = documentedCredentials;
  const { subtle } = crypto;
  const imported = subtle.importKey(
    "raw",
    Buffer.from(secretKey, "base64"),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const message = new TextEncoder().encode(apiKey);
  return async () => {
    const signature = await subtle.sign("HMAC", await imported, message);
    const text = Buffer.from(signature).toString("base64");
    return {
      "x-api-key": apiKey,
      "x-api-auth-token": authToken,
      authorization: `KSig1-HMAC-SHA256 ${text}`,
    };
  };
}

function answering(body: string): typeof fetch {
  const init = { headers: { "content-type": "application/json" } };
  return () => Promise.resolve(new Response(body, init));
}

/** A call that fails is fast: nobody wins by that. */
async function requireData(
  name: string,
  call: () => Promise<unknown>,
  answer: string,
): Promise<void> {
  const { data } = JSON.parse(answer) as { data: unknown };
  const received = JSON.stringify(await call());
  if (received === JSON.stringify(data)) return;
  throw new Error(`${name} did not return the data but ${received}`);
}

async function measureSetting(
  { name: setting, rounds, callsPerRound, atOnce }: Setting,
  calls: ReadonlyMap<string, () => Promise<unknown>>,
): Promise<Figure[]> {
  const times = new Map(
    [...calls.keys()].map((name) => [name, [] as number[]]),
  );
  // The first rounds warm up.
  for (let round = -3; round < rounds; round += 1) {
    // Nobody always comes after the same one, whose garbage it may have to collect.
    for (const [name, call] of shuffled([...calls])) {
      const start = performance.now();
      for (let made = 0; made < callsPerRound; made += atOnce) {
        if (atOnce === 1) await call();
        else await Promise.all(Array.from({ length: atOnce }, call));
      }
      const time = performance.now() - start;
      if (round >= 0) times.get(name)?.push((time / callsPerRound) * 1000);
    }
  }
  const [[, base] = ["", []]] = times;
  return [...times].map(([contestant, own]) => ({
    setting,
    contestant,
    microseconds: median(own),
    ratio: median(own.map((time, round) => time / (base[round] ?? NaN))),
  }));
}

function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((left, right) => left.place - right.place)
    .map(({ item }) => item);
}
