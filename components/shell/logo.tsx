/** Our own glyph: three jacks and the two cords between them. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 24 24" className={className}>
      <rect width={24} height={24} rx={6} className="fill-ink" />
      <g className="fill-none stroke-raised" strokeWidth={1.6} strokeLinecap="round">
        <path d="M9.1 12.9 14.6 16M9.1 11.1 14.6 8" />
        <circle cx={7.2} cy={12} r={2.1} />
        <circle cx={16.6} cy={7} r={2.1} />
        <circle cx={16.6} cy={17} r={2.1} className="fill-raised" />
      </g>
    </svg>
  )
}
