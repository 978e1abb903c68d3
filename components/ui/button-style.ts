import { cva } from 'class-variance-authority'

/** The looks of a button; links that look like one use it too. */
export const buttonStyle = cva(
  [
    'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-control font-medium text-sm',
    'transition-colors duration-150 data-disabled:opacity-45 [&_svg]:size-3.5 [&_svg]:shrink-0',
  ],
  {
    variants: {
      tone: {
        primary: 'bg-accent text-on-accent data-hovered:bg-accent-hover data-pressed:bg-accent-hover',
        plain:
          'border border-line-strong bg-raised text-ink data-hovered:border-ink-faint data-pressed:bg-sunk',
        quiet: 'text-ink-soft data-hovered:bg-sunk data-hovered:text-ink data-pressed:bg-sunk',
        danger: 'bg-bad text-on-bad data-hovered:bg-bad-hover data-pressed:bg-bad-hover',
      },
      /** `bar` on bars and panels, `form` in forms and dialogs. */
      size: { bar: 'h-7 px-2.5', form: 'h-[34px] px-3.5' },
    },
    defaultVariants: { tone: 'plain', size: 'bar' },
  },
)
