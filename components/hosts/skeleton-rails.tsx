import { Mark } from "@/components/ui/mark";

const rows = [
  { block: "first", widths: [128, 96, 72] },
  { block: "second", widths: [112, 120, 64, 88] },
  { block: "third", widths: [104, 80] },
] as const;

const bone = "rounded-md bg-inset";

/** The shape of the picture while a host is read for the first time. */
export function SkeletonRails({
  loading,
  name,
}: {
  readonly loading: string;
  /** Of the host: it is known before anything is read. */
  readonly name: string;
}) {
  return (
    <div className="skeleton flex h-dvh flex-col">
      <header className="flex items-center gap-3 border-b border-edge bg-panel px-4 py-2">
        <Mark />
        <span className="max-w-40 truncate text-[13px] font-semibold">{name}</span>
        <div className={`h-8 w-44 ${bone}`} />
      </header>
      <div className="flex min-h-0 flex-1">
        <main className="min-w-0 flex-1 overflow-hidden bg-canvas p-8">
          <div role="status">
            <h1 className="mb-8 text-[13px] text-muted">{loading}</h1>
          </div>
          <div className="flex flex-col gap-5" aria-hidden>
            {rows.map(({ block, widths }) => (
              <div key={block} className="flex gap-6 rounded-lg border border-edge p-4">
                <div className={`w-40 shrink-0 ${bone}`} />
                <div className="flex flex-1 flex-col gap-2.5">
                  {widths.map((width) => (
                    <div key={width} className="flex items-center gap-3">
                      <div className={`h-5 w-32 ${bone}`} />
                      <div className="h-0.5 w-10 bg-edge" />
                      <div className={`h-5 w-20 ${bone}`} />
                      <div className={`h-5 ${bone}`} style={{ width }} />
                    </div>
                  ))}
                </div>
              </div>
            ))}
          </div>
        </main>
        <div className="hidden w-[21.75rem] shrink-0 border-l border-edge bg-panel p-4 lg:block">
          <div className={`mb-3 h-5 w-24 ${bone}`} />
          <div className={`mb-6 h-6 w-40 ${bone}`} />
          <div className={`h-40 ${bone}`} />
        </div>
      </div>
    </div>
  );
}
