import { GlyphSign } from "@/components/ui/glyph-sign";
import { wordedState } from "@/lib/graph/boxes";
import type { RestState } from "@/lib/graph/model";
import type { GlyphName, Role } from "@/lib/scene/model";

const looks: Readonly<Record<"running" | RestState | "unknown", readonly [GlyphName, Role]>> = {
  running: ["up", "up"],
  paused: ["paused", "resting"],
  restarting: ["restarting", "resting"],
  created: ["created", "ink-soft"],
  stopped: ["stopped", "ink-soft"],
  unknown: ["unknown", "ink-soft"],
};

const tones: Readonly<Partial<Record<Role, string>>> = { up: "text-ok", resting: "text-warn" };

/** The engine's own word for a container's state, with the sign that the picture has for it. */
export function ContainerState({ state }: { readonly state: string }) {
  const [glyph, role] = looks[wordedState(state) ?? "unknown"];
  return (
    <span
      className={`inline-flex items-center gap-1 whitespace-nowrap ${tones[role] ?? "text-muted"}`}
      translate="no"
      data-state={glyph}
    >
      <GlyphSign glyph={glyph} tone={role} />
      {state}
    </span>
  );
}
