/** The frame of every text control; `data-invalid` and focus show on the edge. */
export const inputStyle =
  'w-full min-w-0 rounded-control border border-line-strong bg-raised text-ink text-sm placeholder:text-ink-soft ' +
  'transition-colors data-hovered:border-ink-faint data-invalid:border-bad data-disabled:opacity-45 ' +
  'focus:border-accent focus:outline-2 focus:outline-accent/25 focus:outline-offset-0'

export const controlHeight = { bar: 'h-7 px-2', form: 'h-[34px] px-2.5' } as const
export type ControlSize = keyof typeof controlHeight
