import { type Preset, presets } from "@/lib/share/redact";

const name = "vethscope-redaction";

/** Addresses of the internet are nobody else's business unless somebody says so. */
const usual: Preset = "public";

/** What was chosen the last time, in this browser. */
export const keptRedaction = (): Preset => {
  try {
    return presets.find((preset) => preset === localStorage.getItem(name)) ?? usual;
  } catch {
    return usual;
  }
};

export const keepRedaction = (preset: Preset): void => {
  try {
    localStorage.setItem(name, preset);
  } catch {
    // A browser that keeps nothing begins anew each time.
  }
};
