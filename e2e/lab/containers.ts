import type Docker from "dockerode";
import { netnsOf } from "./host";
import { type ContainerPlan, containers, type NetworkPlan, networks } from "./standard-set";
import type { ContainerTruth, LabHost } from "./truth";

/** Networks and containers of the standard set, as `docker run` would make them. */
export async function startContainers(engine: Docker): Promise<void> {
  await Promise.all(networks.map((plan) => makeNetwork(engine, plan)));
  const guests = containers.filter((plan) => hostOf(plan) !== null);
  const others = containers.filter((plan) => hostOf(plan) === null);
  await Promise.all(others.map((plan) => startContainer(engine, plan)));
  // A guest joins a namespace that has to be there.
  await Promise.all(guests.map((plan) => startContainer(engine, plan)));
}

const hostOf = ({ network }: ContainerPlan): string | null =>
  typeof network === "object" && "of" in network ? network.of : null;

async function makeNetwork(engine: Docker, plan: NetworkPlan): Promise<void> {
  await engine.createNetwork({
    Name: plan.name,
    Driver: plan.driver,
    Internal: plan.internal ?? false,
    IPAM: {
      Driver: "default",
      Config: [
        { Subnet: plan.subnet, ...(plan.range === undefined ? {} : { IPRange: plan.range }) },
      ],
    },
    Options: { ...plan.options },
  });
}

async function startContainer(engine: Docker, plan: ContainerPlan): Promise<void> {
  const container = await engine.createContainer(options(plan));
  await container.start();
  const [, ...more] =
    typeof plan.network === "object" && "of" in plan.network ? [] : networksOf(plan);
  for (const name of more) {
    await engine.getNetwork(name).connect({ Container: container.id });
  }
  if (plan.stops) await container.wait();
}

const networksOf = ({ network }: ContainerPlan): readonly string[] =>
  typeof network === "string" ? [network] : "of" in network ? [`container:${network.of}`] : network;

function options(plan: ContainerPlan): Docker.ContainerCreateOptions {
  const [mode = "none"] = networksOf(plan);
  const ports = plan.ports ?? [];
  const endpoint: Docker.EndpointSettings = {
    ...(plan.alias === undefined ? {} : { Aliases: [plan.alias] }),
    ...(plan.address === undefined ? {} : { IPAMConfig: { IPv4Address: plan.address } }),
  };
  return {
    name: plan.name,
    Image: plan.image,
    Cmd: [...plan.command],
    Env: [...(plan.env ?? [])],
    Labels: { ...plan.labels },
    ExposedPorts: Object.fromEntries(ports.map(([port]) => [port, {}])),
    HostConfig: {
      NetworkMode: mode,
      PortBindings: Object.fromEntries(
        ports.map(([port, HostIp, HostPort]) => [port, [{ HostIp, HostPort }]]),
      ),
    },
    ...(Object.keys(endpoint).length === 0
      ? {}
      : { NetworkingConfig: { EndpointsConfig: { [mode]: endpoint } } }),
  };
}

/** What became of each container: the engine names its process, the process its namespace. */
export async function containersNow(
  engine: Docker,
  host: LabHost,
): Promise<Readonly<Record<string, ContainerTruth>>> {
  const rows = await Promise.all(
    containers.map(async ({ name }) => {
      const { State, HostConfig } = await engine.getContainer(name).inspect();
      const netns = State.Pid === 0 ? null : String(netnsOf(host, State.Pid));
      const network_mode = HostConfig.NetworkMode ?? "";
      return [name, { pid: State.Pid, netns, network_mode, state: State.Status }] as const;
    }),
  );
  return Object.fromEntries(rows);
}
