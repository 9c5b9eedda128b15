import type { NextConfig } from "next";

const config: NextConfig = {
  // `next build` fails where ssh2's native part was compiled, and dockerode opens it by path.
  serverExternalPackages: ["ssh2", "dockerode"],
  poweredByHeader: false,
  images: { unoptimized: true },
  // `npm test` checks types; a person who starts a fresh clone need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // next dev would write instructions for coding agents into the project.
  agentRules: false,
  devIndicators: false,
  // The door (server/access) has already refused every Host but these two.
  allowedDevOrigins: ["127.0.0.1", "localhost"],
};

export default config;
