'use client'

import { useTheme } from 'next-themes'
import { Toaster } from 'sonner'

/** Passing notes ("Scaling to 3"). What must not be missed goes to the flash bar. */
export function ToastRegion() {
  const { resolvedTheme } = useTheme()
  return (
    <Toaster
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      // Above the bar of buttons that rooms and wizards have at their foot, below everything modal: it covers nobody's buttons.
      offset={{ bottom: 76, right: 16 }}
      style={{ zIndex: 45 }}
      toastOptions={{
        unstyled: true,
        classNames: {
          // Measured once, when it comes: a note that has nothing to say yet is as high as it will be. Under the pointer it would be held to
          // that height, and where its words are more it would shrink away from the pointer and come back, frame after frame.
          toast:
            'h-auto! has-[[data-title]:empty]:min-h-[70px] flex w-80 items-start gap-2.5 rounded-card bg-raised p-3 font-sans text-ink text-sm shadow-float [&_svg]:mt-0.5 [&_svg]:size-4',
          content: 'min-w-0 flex-1',
          title: 'font-medium',
          description: 'text-ink-soft text-xs',
          success: '[&_[data-icon]]:text-ok',
          error: '[&_[data-icon]]:text-bad',
        },
      }}
    />
  )
}
