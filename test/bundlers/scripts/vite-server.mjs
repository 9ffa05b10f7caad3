// A development server; prints its address.
import { createLogger, createServer } from "vite";
import kompliantCodegen from "kompliant-codegen/vite";

const logger = createLogger("info");
logger.error = (text) => {
  console.log(`${text}\nFAILED`);
};
const server = await createServer({
  configFile: false,
  customLogger: logger,
  clearScreen: false,
  server: { host: "127.0.0.1", port: 0 },
  plugins: [kompliantCodegen()],
});
await server.listen();
console.log(`ADDRESS ${server.resolvedUrls.local[0]}`);
