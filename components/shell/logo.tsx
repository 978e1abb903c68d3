/** Our own glyph: four jacks and the cord that joins two of them. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 24 24" className={className}>
      <rect width={24} height={24} rx={6} className="fill-ink" />
      <g className="fill-none stroke-raised" strokeWidth={1.6} strokeLinecap="round">
        <path d="M9.2 7.6c4.4 0 1.2 8.8 5.6 8.8" />
        <circle cx={7} cy={7.6} r={2} className="fill-raised" />
        <circle cx={17} cy={7.6} r={2} />
        <circle cx={7} cy={16.4} r={2} />
        <circle cx={17} cy={16.4} r={2} className="fill-raised" />
      </g>
    </svg>
  )
}
