import { type ContainerId, containerId } from "@/lib/net/ids";
import type { Form } from "./columns";
import type { Tables } from "./lookups";

/** A reference, by the number of the row that it names. */
export const rowIn = <V extends string | null>(table: Tables): Form<V> => ({
  write: (id, world) => (id === null ? undefined : world.rowOf(table, id)),
  read: (row, world) =>
    typeof row === "number" ? (world.idAt(table, row) as V | undefined) : undefined,
});

/** A container's id, by the place in it: the containers themselves come later. */
export const containerPlace: Form<ContainerId> = {
  write: (id, world) => {
    const place = Number(id.slice(id.lastIndexOf("/") + 1));
    return containerId(`${world.host().id}`, place) === id ? place : undefined;
  },
  read: (place, world) => containerId(`${world.host().id}`, Number(place)),
};

/** A Form: six hex pairs, without their colons. */
export const bareMac = {
  write: (mac: string | null) =>
    mac !== null && /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(mac)
      ? mac.replaceAll(":", "")
      : undefined,
  read: (short: string | number) =>
    /^[0-9a-f]{12}$/.test(`${short}`) ? `${short}`.replace(/..(?=.)/g, "$&:") : undefined,
};
