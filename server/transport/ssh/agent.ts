import { readFile } from "node:fs/promises";
import ssh2, { type BaseAgent, type ParsedKey } from "ssh2";

const publicKeysIn = async (file: string): Promise<readonly string[]> => {
  const text = await readFile(file, "utf8").catch(() => null);
  const parsed = text === null ? null : ssh2.utils.parseKey(text);
  const keys = Array.isArray(parsed) ? parsed : [parsed];
  return keys.flatMap((key) =>
    key === null || key instanceof Error ? [] : key.getPublicSSH().toString("base64"),
  );
};

/**
 * An agent that offers only the keys that these files name: the private key, the public one beside it, or
 * a public key itself (ssh's IdentitiesOnly). `socket`: that of the agent.
 */
export async function agentOfKeys(
  socket: string,
  identityFiles: readonly string[],
): Promise<BaseAgent> {
  const files = identityFiles.flatMap((file) => [`${file}.pub`, file]);
  const wanted = new Set((await Promise.all(files.map(publicKeysIn))).flat());
  const agent = ssh2.createAgent(socket);
  const all = agent.getIdentities.bind(agent);
  const isWanted = (key: unknown): boolean =>
    wanted.has((key as ParsedKey).getPublicSSH().toString("base64"));
  agent.getIdentities = (give) =>
    all((error, keys) => (error ? give(error) : give(undefined, keys?.filter(isWanted))));
  return agent;
}
