'use client'

import type { RefObject } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import type { TargetIdentity } from '@/lib/inventory/model'
import { Fact, Facts } from '../inspector/section'
import { Copy } from '../ui/copy'
import { Popover } from '../ui/popover'
import { describeTarget } from './target-words'

type TargetFactsProps = {
  target: TargetIdentity
  anchor: RefObject<HTMLElement | null>
  onClose: () => void
}

export function TargetFacts({ target, anchor, onClose }: TargetFactsProps) {
  const words = describeTarget(target)
  return (
    <Popover
      triggerRef={anchor}
      isOpen
      placement="bottom start"
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      className="w-96 max-w-[calc(100vw-24px)]"
    >
      <Dialog aria-label="Target" className="p-4 outline-none">
        <h2 className="font-semibold text-base text-ink">{words.name}</h2>
        <p
          className={
            words.careful ? 'mt-0.5 mb-2 text-sm text-warn-ink' : 'mt-0.5 mb-2 text-ink-soft text-sm'
          }
        >
          {words.meaning}
        </p>
        <Facts>
          <Fact name="Region" mono>
            {target.region || 'unknown'}
          </Fact>
          <Fact name="Account">
            {target.accountId ? (
              <Copy name="account id" value={target.accountId} />
            ) : (
              <span className="text-ink-soft">unknown: STS has not answered</span>
            )}
          </Fact>
          <Fact name="Endpoint">
            {target.endpointUrl ? (
              <Copy name="endpoint" value={target.endpointUrl} length={38} />
            ) : (
              <span className="text-ink-soft">AWS’s own, per service</span>
            )}
          </Fact>
          {target.profile && (
            <Fact name="Profile" mono>
              {target.profile}
            </Fact>
          )}
          {target.localRuntime && (
            <Fact name="Tasks">
              {target.localRuntime === 'process'
                ? 'real processes on this machine'
                : 'simulated, without processes'}
            </Fact>
          )}
          <Fact name="Changes">{target.readOnly ? 'off (read-only)' : 'allowed'}</Fact>
        </Facts>
        <p className="mt-2 text-ink-soft text-xs">
          The target is chosen when the console starts:{' '}
          <code className="whitespace-nowrap font-mono">npm start -- --help</code>
        </p>
      </Dialog>
    </Popover>
  )
}
