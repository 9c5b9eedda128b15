/** Reads files; fetched when the first one comes near, so that pages without one do not carry it. */
export const loadReader = () => import("./open-bytes");

/** The page of a host that lies in this browser. */
export const loadBench = () => import("./file-bench");

const loadShare = () => import("@/components/share/share-dialog");

/** Fetches what opening takes, before a file is let go: from then on nothing is asked for. */
export const loadAll = (): void => {
  void loadReader();
  void loadBench();
  void loadShare();
};
