'use client'

import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { Button } from './button'
import { cn } from './class-names'

export type DialogProps = {
  title: string
  isOpen: boolean
  onClose: () => void
  /** `alertdialog` for things that cannot be undone. */
  role?: 'dialog' | 'alertdialog'
  /** Shown at the foot, right to left by weight: the action last. */
  actions?: ReactNode
  isDismissable?: boolean
  /** Its height changes while it is open: it hangs from the top, so that its head and form stay where they are. */
  hangs?: boolean
  className?: string
  children: ReactNode
}

export const overlayStyle =
  'fixed inset-0 z-50 flex animate-appear items-center justify-center bg-scrim p-4 outline-none'

/** A modal sheet: focus stays inside, Escape closes, focus goes back to where it came from. */
export function Dialog(props: DialogProps) {
  const {
    title,
    isOpen,
    onClose,
    role,
    actions,
    isDismissable = true,
    hangs = false,
    className,
    children,
  } = props
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      isDismissable={isDismissable}
      className={cn(overlayStyle, hangs && 'items-start pt-[min(9vh,80px)]')}
    >
      <Modal className={cn('w-full max-w-md animate-rise rounded-card bg-raised shadow-float', className)}>
        <AriaDialog
          role={role}
          className={cn(
            'flex flex-col outline-none',
            hangs ? 'max-h-[calc(100vh-min(9vh,80px)-24px)]' : 'max-h-[calc(100vh-48px)]',
          )}
        >
          <header className="flex items-center justify-between gap-4 px-5 pt-4">
            <Heading slot="title" className="font-semibold text-base text-ink">
              {title}
            </Heading>
            <Button tone="quiet" aria-label="Close" onPress={onClose} className="-mr-2 size-7 px-0">
              <X aria-hidden />
            </Button>
          </header>
          <div className="min-h-0 overflow-auto px-5 pt-2 pb-5 text-ink-soft text-sm">{children}</div>
          {actions && (
            <footer className="flex justify-end gap-2 border-line border-t px-5 py-3">{actions}</footer>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
