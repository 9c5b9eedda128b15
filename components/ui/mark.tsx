/** Two ends of one wire. */
export function Mark() {
  return (
    <svg width="22" height="16" viewBox="0 0 22 16" aria-hidden="true" className="shrink-0">
      <rect
        x="0.75"
        y="2.75"
        width="6.5"
        height="10.5"
        rx="2"
        className="fill-none stroke-ink"
        strokeWidth="1.5"
      />
      <rect
        x="14.75"
        y="2.75"
        width="6.5"
        height="10.5"
        rx="2"
        className="fill-none stroke-ink"
        strokeWidth="1.5"
      />
      <path d="M7.5 6.4h7M7.5 9.6h7" className="stroke-accent" strokeWidth="1.6" />
    </svg>
  );
}
