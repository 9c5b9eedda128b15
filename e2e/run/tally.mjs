/** Counts checks and says at the end what came of them. */
export function makeTally() {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const lines = [];

  function add(name, { passed = 0, failed = 0, skipped = 0 }, note = "") {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
    const sign = failed > 0 ? "✗" : passed > 0 ? "✓" : "-";
    lines.push(`${sign} ${name}: ${counts({ passed, failed, skipped })}${note && `  (${note})`}`);
  }

  return {
    add,
    /** One check that either holds or does not. */
    check: (name, holds, note = "") => add(name, holds ? { passed: 1 } : { failed: 1 }, note),
    /** Prints the summary; its last line is the result. Returns the exit status. */
    conclude() {
      console.log(`\n${lines.join("\n")}\n\n${counts(total)}`);
      return total.failed > 0 ? 1 : 0;
    },
  };
}

const counts = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;

/** Runs one stage under a heading and returns its time in words. */
export async function timed(name, work) {
  console.log(`\n── ${name}`);
  const start = Date.now();
  const value = await work();
  return { value, took: `${((Date.now() - start) / 1000).toFixed(1)} s` };
}
