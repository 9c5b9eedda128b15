import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { MessageKey } from "@/lib/messages/keys";
import { codeOf } from "@/server/store/data-folder";

export type Listening =
  | { readonly status: "listening"; readonly port: number }
  | { readonly status: "failed"; readonly words: MessageKey; readonly port: string };

/** Opens the port on 127.0.0.1 and nowhere else. `text`: 0 to 65535, as PORT has it; 0 takes a free one. */
export const listen = async (server: Server, text: string): Promise<Listening> => {
  const failed = (words: MessageKey): Listening => ({ status: "failed", words, port: text });
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) return failed("serve.portInvalid");
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ port, host: "127.0.0.1" }, resolve);
    });
  } catch (error) {
    switch (codeOf(error)) {
      case "EADDRINUSE":
        return failed("serve.portTaken");
      case "EACCES":
        return failed("serve.portDenied");
      default:
        throw error;
    }
  }
  return { status: "listening", port: (server.address() as AddressInfo).port };
};
