"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** false while the server renders and while the browser takes over what it rendered, then true. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
