'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useRef, useState } from 'react'
import { type FieldValues, FormProvider } from 'react-hook-form'
import type { Topology } from '@/lib/topology/model'
import { inSentence } from '../ui/sentence'
import { useMedia } from '../ui/use-media'
import { stepStates } from './check-values'
import { ErrorSummary } from './error-summary'
import { LeaveDialog } from './leave-dialog'
import { PreviewDisclosure } from './preview-disclosure'
import { PreviewPane } from './preview-pane'
import { ReviewStep } from './review-step'
import { Stepper } from './stepper'
import { usePreview } from './use-preview'
import { useRun } from './use-run'
import { useWizard } from './use-wizard'
import { WizardFooter } from './wizard-footer'
import type { WizardDefinition } from './wizard-model'

type WizardProps<Values extends FieldValues> = {
  wizard: WizardDefinition<Values>
  /** The values of an untouched form. */
  first: Values
  topology: Topology
}

/** Steps at the left, the form in the middle, and at the right what it would do: to the map, and as code. */
export function Wizard<Values extends FieldValues>(props: WizardProps<Values>) {
  const { wizard, first, topology } = props
  const router = useRouter()
  const isWide = useMedia('(min-width: 75rem)')
  const state = useWizard(wizard, first, topology.target)
  const { form, values, input, at, issues } = state
  const isReview = at === wizard.steps.length
  const isComplete = issues.every((own) => own.length === 0)
  const preview = usePreview(wizard.kind, input)
  const [asked, setAsked] = useState<'leave' | 'start over' | null>(null)
  const isReadOnly = topology.target.readOnly

  const { run, pending, failure } = useRun((runId) => {
    state.forget()
    router.push(`/plans/${encodeURIComponent(runId)}`)
  }, state.renewIntent)
  const plan = preview.preview?.planned.ok ? preview.preview.planned.plan : null
  const canRun = plan !== null && isComplete && !preview.isBehind && !preview.error && !pending
  const runNow = () => {
    if (!plan || !canRun || isReadOnly) return
    void run({
      kind: wizard.kind,
      input,
      intentId: state.intentId,
      seen: plan.seen,
      confirm: null,
    })
  }

  const heading = useFocusOnStep(at)
  const root = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: React.KeyboardEvent) => {
    // Menus and dialogs are drawn elsewhere in the page, though they are children here.
    if (!(event.target instanceof Node) || !root.current?.contains(event.target)) return
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      if (isReview) runNow()
      else goOn()
    }
    if (event.key === 'Escape' && !event.defaultPrevented) {
      event.preventDefault()
      if (state.isDirty) setAsked('leave')
      else router.push('/')
    }
  }

  const goOn = () => {
    state.next()
    // What stands in the way is listed on top of the step, which may be out of sight.
    if (issues[at]?.length) heading.current?.closest('.overflow-auto')?.scrollTo({ top: 0 })
  }

  const step = wizard.steps[at]
  const nextStep = wizard.steps[at + 1]
  const titles = [
    ...wizard.steps.map(({ id, title, summary }) => ({ id, title, summary: summary(values) })),
    { id: 'review', title: 'Review and create', summary: null },
  ]
  // Kept from render to render: another step draws neither map nor code anew.
  const pane = useMemo(
    () => (
      <PreviewPane
        state={preview}
        topology={topology}
        missing={issues.flat().map((issue) => issue.message)}
        className="h-full"
      />
    ),
    [preview, topology, issues],
  )

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens for the keys of the controls inside
    <div
      ref={root}
      role="presentation"
      onKeyDown={onKeyDown}
      className="grid h-full min-h-0 grid-cols-[248px_minmax(0,1fr)] wide:grid-cols-[248px_minmax(0,1fr)_480px] max-md:grid-cols-[minmax(0,1fr)] max-md:grid-rows-[auto_minmax(0,1fr)]"
    >
      <Stepper
        title={wizard.title}
        steps={titles}
        states={stepStates(issues, at, state.furthest)}
        onStep={state.goTo}
      />
      <div className="flex min-h-0 min-w-0 flex-col">
        <div className="min-h-0 flex-1 overflow-auto">
          <div className="w-full max-w-[624px] px-8 pt-7 pb-10 max-md:px-4 max-md:pt-5">
            <h2 ref={heading} tabIndex={-1} className="font-semibold text-ink text-xl outline-none">
              {step?.title ?? 'Review and create'}
            </h2>
            <p className="mt-1 mb-6 text-pretty text-ink-soft text-sm">
              {step?.intro ??
                'This is all that will be sent, in this order. The code is the same, to take away.'}
            </p>
            <ErrorSummary issues={state.shownIssues} />
            {step ? (
              <FormProvider {...form}>
                <step.Body />
              </FormProvider>
            ) : (
              <ReviewStep
                state={preview}
                failure={failure}
                open={issues.flatMap((own, place) =>
                  own.length > 0
                    ? [{ at: place, title: wizard.steps[place]?.title ?? 'Review', issues: own }]
                    : [],
                )}
                onStep={state.goTo}
              />
            )}
          </div>
        </div>
        {!isWide && <PreviewDisclosure>{pane}</PreviewDisclosure>}
        <WizardFooter
          onBack={at > 0 ? () => state.goTo(at - 1) : null}
          isSaved={state.isSaved}
          isDirty={state.isDirty}
          onStartOver={() => setAsked('start over')}
          notice={isReview && isReadOnly ? 'This console is read-only: take the code with you.' : null}
          action={
            isReview
              ? isReadOnly
                ? null
                : {
                    label: pending ? 'Starting…' : wizard.title,
                    isDisabled: !canRun,
                    onPress: runNow,
                  }
              : {
                  label: `Next: ${inSentence(nextStep?.title ?? 'review')}`,
                  isDisabled: false,
                  onPress: goOn,
                }
          }
        />
      </div>
      {isWide && (
        <aside aria-label="Preview" className="min-h-0 border-line border-l">
          {pane}
        </aside>
      )}
      {asked && (
        <LeaveDialog
          kind={asked}
          hasSecrets={JSON.stringify(values) !== JSON.stringify(wizard.withoutSecrets(values))}
          onStay={() => setAsked(null)}
          onLeave={() => router.push('/')}
          onDiscard={() => {
            setAsked(null)
            if (asked === 'start over') return state.startOver()
            state.forget()
            router.push('/')
          }}
        />
      )}
    </div>
  )
}

/** The heading of a step gets the focus when the step comes up, so that the next Tab leads to its first field; with the page too. */
function useFocusOnStep(at: number) {
  const heading = useRef<HTMLHeadingElement>(null)
  const seen = useRef<number | null>(null)
  useEffect(() => {
    if (seen.current === at) return
    const isFirst = seen.current === null
    seen.current = at
    // Who is somewhere already, in a menu that closes or in the palette, stays there.
    if (isFirst && document.activeElement !== document.body) return
    heading.current?.focus()
    heading.current?.closest('.overflow-auto')?.scrollTo({ top: 0 })
  }, [at])
  return heading
}
