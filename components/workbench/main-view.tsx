"use client";

import type { Ref } from "react";
import { DiagnoseView } from "@/components/diagnose/diagnose-view";
import { PortsView } from "@/components/ports/ports-view";
import { RulesView } from "@/components/rules/rules-view";
import { AttachmentTable } from "@/components/table/attachment-table";
import type { Graph } from "@/lib/graph/model";
import type { Key } from "@/lib/net/ids";
import type { ThemeName } from "@/lib/render/theme";
import { Canvas, type CanvasHandle } from "./canvas";
import { StoppedToggle } from "./stopped-toggle";
import type { UrlState, ViewName } from "./url-state";
import type { useUrlState } from "./use-url-state";

export type MainViewProps = {
  readonly view: ViewName;
  readonly state: UrlState;
  readonly change: ReturnType<typeof useUrlState>["change"];
  readonly drawn: Graph;
  readonly theme: ThemeName;
  readonly picture: Ref<CanvasHandle>;
  readonly onShare: () => void;
  readonly onView: (view: ViewName) => void;
  readonly onShow: (key: Key) => void;
};

/** Picture and table show attachments, and are searched by the same words. */
export const showsAttachments = (view: ViewName): boolean => view === "graph" || view === "table";

/** One question, one view. */
export function MainView({
  view,
  state,
  change,
  drawn,
  theme,
  picture,
  onShare,
  onView,
  onShow,
}: MainViewProps) {
  const stopped = (
    <StoppedToggle
      count={drawn.stopped}
      shown={state.stopped}
      floating={view === "graph"}
      onChange={(shown) => change({ stopped: shown })}
    />
  );
  switch (view) {
    case "graph":
      return (
        <>
          <Canvas ref={picture} graph={drawn} theme={theme} onShare={onShare} />
          {stopped}
        </>
      );
    case "table":
      return (
        <AttachmentTable
          stopped={state.stopped}
          sort={state.sort}
          onSort={(sort) => change({ sort })}
          columns={state.columns}
          onColumns={(columns) => change({ columns })}
          onPicture={() => onView("graph")}
          onStopped={() => change({ stopped: true })}
        >
          {stopped}
        </AttachmentTable>
      );
    case "ports":
      return <PortsView state={state} onChange={change} />;
    case "rules":
      return <RulesView state={state} onChange={change} />;
    case "diagnose":
      return <DiagnoseView onShow={onShow} />;
  }
}
