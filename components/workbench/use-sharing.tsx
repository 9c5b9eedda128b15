"use client";

import { lazy, Suspense, useState } from "react";
import type { Format, Frozen } from "@/components/share/choices";
import type { ThemeName } from "@/lib/render/theme";

/** Most who look at a host share nothing of it. */
const ShareDialog = lazy(() =>
  import("@/components/share/share-dialog").then(({ ShareDialog: dialog }) => ({
    default: dialog,
  })),
);

type Sharing = { readonly format: Format; readonly frozen: Frozen };

/**
 * Sharing what is shown. `now`: a copy of it as it stands at that moment; readings that come meanwhile do
 * not change what is sent. `dialog` has to stand in the page.
 */
export const useSharing = (now: () => Frozen, theme: ThemeName) => {
  const [sharing, setSharing] = useState<Sharing | null>(null);
  const share = (format: Format = "png") => setSharing({ format, frozen: now() });
  const dialog = sharing !== null && (
    <Suspense>
      <ShareDialog {...sharing} theme={theme} onClose={() => setSharing(null)} />
    </Suspense>
  );
  return { share, dialog };
};
