/** The engine's own word for a container's state. */
export function ContainerState({ state }: { readonly state: string }) {
  const running = state === "running";
  return (
    <span className={`whitespace-nowrap ${running ? "text-ok" : "text-muted"}`} translate="no">
      <span aria-hidden>{running ? "● " : "○ "}</span>
      {state}
    </span>
  );
}
