'use client'

import Link from 'next/link'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { Plan } from '@/lib/plan/plan'
import { Failed } from '../inspector/outcome'
import type { ActionFailure } from '../inspector/service-actions'
import { Button } from '../ui/button'
import { buttonStyle } from '../ui/button-style'
import { Dialog } from '../ui/dialog'
import type { PreviewState } from '../wizard/use-preview'
import { ConfirmName } from './confirm-name'
import { PreviewBody } from './preview-body'
import { flashRun } from './run-flash'
import { RunInDialog } from './run-in-dialog'
import { useRun } from './use-run'

export type Starting = {
  readonly start: (plan: Plan, confirm: string | null) => void
  readonly pending: boolean
  readonly failure: ActionFailure | null
}

type PlanDialogFrameProps = {
  /** Until there is a plan that says its own. */
  title: string
  /** null: there is nothing to run here, only the way onward. */
  verb: string | null
  /** Something is lost by it, whatever its plan will say; else a plan that asks for a name says so. */
  destroys?: boolean
  previewed: PreviewState
  /** There is nothing to make a plan of yet: only the form is shown. */
  isIdle?: boolean
  starting: Starting
  /** Set once it was started: from then on the run is shown. */
  runId: string | null
  onMakeAgain: () => void
  /** What comes after: offered once the run is done, or at once where there is nothing to run. */
  onward?: { readonly label: string; readonly go: () => void } | null
  /** Leads back to what was before this dialog. */
  onBack?: () => void
  onClose: () => void
  /** The form, above the plan. */
  children?: ReactNode
  /** The map as it would be: then the form stands at the left, and picture and plan at the right. */
  picture?: (plan: Plan | null) => ReactNode
}

/** What every dialog that changes something is made of: a form, its plan, the name to type, the run. */
export function PlanDialogFrame(props: PlanDialogFrameProps) {
  const {
    title,
    verb,
    destroys = false,
    previewed,
    isIdle = false,
    starting,
    runId,
    onMakeAgain,
    onward = null,
    onBack,
    onClose,
    children,
    picture,
  } = props
  const [typed, setTyped] = useState('')
  const { news, again } = useRun(runId)
  const planned = isIdle ? null : (previewed.preview?.planned ?? null)
  const plan = planned?.ok ? planned.plan : null
  const asksForName = plan !== null && plan.confirm !== null
  const isDestructive = destroys || asksForName
  const isConfirmed = plan !== null && (plan.confirm === null || typed === plan.confirm)
  const canRun = isConfirmed && !previewed.isBehind && !starting.pending && runId === null
  const canGoOn = onward !== null && runId !== null && news.run?.state === 'done'
  const run = () => {
    if (canRun) starting.start(plan, asksForName ? typed : null)
  }
  const action = useRef<HTMLButtonElement>(null)
  const isReady = canRun && !isDestructive
  const hasForm = Boolean(children)
  useEffect(() => {
    // Where there is nothing to fill in, Enter does what was asked for; not where something would be lost.
    if (hasForm) return
    const dialog = action.current?.closest('[role="dialog"]')
    if (isReady && dialog && document.activeElement === dialog) action.current?.focus()
  }, [isReady, hasForm])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || isDestructive) return
    event.preventDefault()
    run()
  }
  const close = () => {
    onClose()
    // The run goes on; its note takes the dialog's place.
    if (runId !== null) flashRun(runId)
  }
  return (
    <Dialog
      role={isDestructive ? 'alertdialog' : 'dialog'}
      title={plan?.title ?? title}
      isOpen
      hangs
      onClose={close}
      className={picture && runId === null ? 'max-w-6xl' : 'max-w-2xl'}
      actions={
        runId === null ? (
          <div className="flex min-w-0 flex-1 flex-wrap items-end justify-end gap-2">
            {plan !== null && plan.confirm !== null && (
              <ConfirmName name={plan.confirm} value={typed} onChange={setTyped} onEnter={run} />
            )}
            <Button size="form" onPress={onBack ?? close}>
              {onBack ? 'Back' : 'Cancel'}
            </Button>
            {verb !== null ? (
              <Button
                ref={action}
                size="form"
                aria-keyshortcuts={isDestructive ? undefined : 'Control+Enter Meta+Enter'}
                tone={isDestructive ? 'danger' : 'primary'}
                isDisabled={!canRun}
                onPress={run}
              >
                {starting.pending ? 'Starting…' : verb}
              </Button>
            ) : (
              onward && (
                <Button size="form" tone="primary" onPress={onward.go}>
                  {onward.label}
                </Button>
              )
            )}
          </div>
        ) : (
          <>
            <Link href={`/plans/${runId}`} className={buttonStyle({ size: 'form' })}>
              Open the plan
            </Link>
            {/* What was pressed to start is gone: without this the keyboard would be nowhere. */}
            <Button size="form" tone={canGoOn ? 'plain' : 'primary'} autoFocus onPress={close}>
              Close
            </Button>
            {canGoOn && (
              <Button size="form" tone="primary" onPress={onward?.go}>
                {onward?.label}
              </Button>
            )}
          </>
        )
      }
    >
      {runId === null ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: it only listens for the keys of the fields inside
        <div
          role="presentation"
          onKeyDown={onKeyDown}
          className={
            picture
              ? 'grid min-w-0 gap-5 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]'
              : 'flex min-w-0 flex-col gap-4'
          }
        >
          {picture ? <div className="flex min-w-0 flex-col gap-5">{children}</div> : children}
          <div className="flex min-w-0 flex-col gap-4 empty:hidden">
            {picture?.(plan)}
            {!isIdle && (
              <PreviewBody
                planned={planned}
                formats={previewed.preview?.formats ?? []}
                isBehind={previewed.isBehind}
                error={previewed.error}
                refresh={previewed.refresh}
              />
            )}
            {starting.failure && <Failed failure={starting.failure} />}
          </div>
        </div>
      ) : (
        <RunInDialog
          news={news}
          again={again}
          onMakeAgain={() => {
            setTyped('')
            onMakeAgain()
          }}
        />
      )}
    </Dialog>
  )
}
