/** A route of the application, by the settings of Next.js that it has. */
interface Route {
  /** What a file exports besides its page or its methods. */
  readonly settings: string;
  /** HTTP methods of a route handler; a page when there are none. */
  readonly methods?: readonly ("GET" | "POST")[];
  /** The way calls are made, exported by `calls.ts`. */
  readonly calls?: "calls" | "cacheableCalls";
}

/** Every way in which Next.js decides what it caches. */
export const routes: Readonly<Record<string, Route>> = {
  page: { settings: "" },
  "page-revalidate": { settings: "export const revalidate = 60;" },
  "page-dynamic": { settings: 'export const dynamic = "force-dynamic";' },
  "page-fetch-cache": {
    settings: 'export const fetchCache = "default-cache";',
  },
  handler: { settings: "", methods: ["GET", "POST"] },
  "handler-revalidate": {
    settings: "export const revalidate = 60;",
    methods: ["GET"],
  },
  "handler-dynamic": {
    settings: 'export const dynamic = "force-dynamic";',
    methods: ["GET", "POST"],
  },
  "handler-fetch-cache": {
    settings: 'export const fetchCache = "default-cache";',
    methods: ["GET", "POST"],
  },
};

/** What Next.js does when it may: calls whose `fetch` drops the client's `cache: "no-store"`. */
export const cacheable: Readonly<Record<string, Route>> = {
  "handler-cacheable": {
    settings: 'export const fetchCache = "default-cache";',
    methods: ["GET"],
    calls: "cacheableCalls",
  },
};

/** Reads and writes that one visit makes; the last two at once. */
export const callsPerVisit = 6;

const calls = `import { createClient, ksig1, propay } from "./kompliant";
import type { Fetch } from "./kompliant";

const { API_URL = "", API_KEY = "", SECRET_KEY = "", AUTH_TOKEN = "" } =
  process.env;

/** The trace ids that the calls of one visit come back with, in JSON. */
async function visit(propay_id: string, fetch?: Fetch): Promise<string> {
  const client = createClient({
    baseUrl: API_URL,
    signer: ksig1({
      apiKey: API_KEY,
      secretKey: SECRET_KEY,
      authToken: AUTH_TOKEN,
    }),
    ...(fetch && { fetch }),
  });
  // The same for all calls: nothing but the client's option keeps them out of the cache.
  const options = { headers: { "x-request-id": "r-1" } };
  const get = () => propay.get(client, { propay_id }, options);
  const execute = () => propay.execute(client, { propay_id }, options);
  const results = [
    await get(),
    await execute(),
    await get(),
    await execute(),
    ...(await Promise.all([get(), execute()])),
  ];
  return JSON.stringify(
    results.map((result) =>
      result.ok ? result.meta?.trace_id : result.error.code,
    ),
  );
}

export const calls = (propay_id: string) => visit(propay_id);

export const cacheableCalls = (propay_id: string) =>
  visit(propay_id, (url, { cache, ...init }) => fetch(url, init));
`;

const layout = `import type { ReactNode } from "react";

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
`;

/** The files of an application with these routes, but for the client, which is in `kompliant`. */
export function applicationFiles(
  all: Readonly<Record<string, Route>>,
): Readonly<Record<string, string>> {
  const files: Record<string, string> = {
    "package.json": '{ "private": true }',
    "tsconfig.json": JSON.stringify(tsconfig),
    "calls.ts": calls,
    "app/layout.tsx": layout,
  };
  for (const [name, route] of Object.entries(all)) {
    const file = route.methods ? "route.ts" : "page.tsx";
    files[`app/${name}/${file}`] = routeFile(name, route);
  }
  return files;
}

function routeFile(
  name: string,
  { settings, methods, calls: way = "calls" }: Route,
): string {
  const top = `import { ${way} } from "../../calls";\n\n${settings}\n\n`;
  if (!methods) {
    return `${top}export default async function Page() {
  return <pre>{await ${way}("${name}")}</pre>;
}
`;
  }
  const handlers = methods.map(
    (method) => `export async function ${method}() {
  return new Response(await ${way}("${name}"));
}
`,
  );
  return top + handlers.join("\n");
}

/** As `create-next-app` writes it. */
const tsconfig = {
  compilerOptions: {
    target: "ES2017",
    lib: ["dom", "dom.iterable", "esnext"],
    allowJs: true,
    skipLibCheck: true,
    strict: true,
    noEmit: true,
    esModuleInterop: true,
    module: "esnext",
    moduleResolution: "bundler",
    resolveJsonModule: true,
    isolatedModules: true,
    jsx: "preserve",
    incremental: true,
    plugins: [{ name: "next" }],
  },
  include: ["next-env.d.ts", "**/*.ts", "**/*.tsx", ".next/types/**/*.ts"],
  exclude: ["node_modules"],
};
