'use client'

import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../ui/icon-button'

type PanelHeadProps = {
  glyph: ReactNode
  title: string
  chip?: ReactNode
  subtitle: ReactNode
  onClose: () => void
  children?: ReactNode
}

export function PanelHead({ glyph, title, chip, subtitle, onClose, children }: PanelHeadProps) {
  return (
    <header className="flex flex-col gap-1 px-4 pt-3 pb-3">
      <div className="flex items-start gap-2">
        <span className="mt-1 text-ink-soft [&_svg]:size-[18px]">{glyph}</span>
        <h2
          className="wrap-anywhere mt-0.5 line-clamp-2 min-w-0 flex-1 font-semibold text-ink text-lg"
          title={title}
        >
          {title}
        </h2>
        {chip && <span className="mt-1 shrink-0">{chip}</span>}
        <IconButton label="Close inspector" shortcut="Esc" onPress={onClose} className="-mr-1.5">
          <X aria-hidden />
        </IconButton>
      </div>
      <p className="truncate font-mono text-ink-soft text-xs">{subtitle}</p>
      {children}
    </header>
  )
}
