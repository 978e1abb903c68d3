'use client'

import { useState } from 'react'
import { FormProvider } from 'react-hook-form'
import type { Choices } from '@/lib/changes/choices'
import type { ConnectDraft } from '@/lib/changes/connect/draft'
import type { Topology } from '@/lib/topology/model'
import { PlanDialogFrame } from '../plan/plan-dialog-frame'
import { useStart } from '../plan/use-start'
import { Notice } from '../ui/notice'
import { OfferProvider } from '../wizard/choices'
import { NamespaceChoice } from '../wizard/discovery/namespace-choice'
import { usePreview } from '../wizard/use-preview'
import { candidatesOf } from './candidates'
import { ClientFields } from './client-fields'
import type { ConnectWay } from './connect-ask'
import { ModeInput } from './mode-input'
import { PlanPicture } from './plan-picture'
import { PortFields } from './port-fields'
import { LogsFields, RoomField } from './proxy-fields'
import { useConnectForm } from './use-connect-form'
import { firstConnectValues, homeOf, namesOf } from './values'

type SettingsDialogProps = {
  draft: ConnectDraft
  choices: Choices
  topology: Topology
  way: ConnectWay
  onClose: () => void
}

const verbs = { off: 'Switch off', client: 'Deploy', 'client and server': 'Deploy' } as const

/** Service Connect of one service as a form, with what it would do beside it. */
export function SettingsDialog({ draft, choices, topology, way, onClose }: SettingsDialogProps) {
  const [first] = useState(() => firstConnectValues(draft, choices, way))
  const { form, values, input, issues } = useConnectForm(first, draft, choices)
  const isUntouched = values.mode === 'off' && draft.mode === 'off'
  const isIdle = input === null || isUntouched
  const previewed = usePreview('service-connect', isIdle ? null : input)
  const [runId, setRunId] = useState<string | null>(null)
  const starting = useStart('service-connect', input, setRunId)
  const candidates = candidatesOf(draft, namesOf(values, draft, choices))
  return (
    <OfferProvider value={{ choices, topology, refresh: previewed.refresh }}>
      <FormProvider {...form}>
        <PlanDialogFrame
          title={`Service Connect of ${draft.name}`}
          verb={verbs[values.mode]}
          previewed={previewed}
          isIdle={isIdle}
          starting={starting}
          runId={runId}
          onMakeAgain={() => {
            setRunId(null)
            previewed.refresh()
          }}
          onClose={onClose}
          picture={(plan) => <PlanPicture plan={plan} topology={topology} />}
        >
          <ModeInput reason={draft.ports.length === 0 ? 'Its task definition maps no TCP port.' : null} />
          {values.mode !== 'off' && (
            <NamespaceChoice
              group="namespace"
              hint="Of any kind; those that call each other must share it."
              more={
                draft.clusterDefault
                  ? [
                      {
                        value: 'default',
                        label: `That of the cluster (${draft.clusterDefault.name})`,
                      },
                    ]
                  : []
              }
            />
          )}
          {values.mode === 'client and server' && (
            <PortFields ports={values.ports} home={homeOf(values, draft, choices)} />
          )}
          {!isUntouched && (
            <ClientFields
              candidates={candidates}
              choice={values.clients}
              name={draft.name}
              onChange={(clients) => form.setValue('clients', clients, { shouldDirty: true })}
            />
          )}
          {values.mode !== 'off' && (
            <>
              <RoomField room={draft.room} />
              <LogsFields hasLogs={draft.hasLogs} />
            </>
          )}
          {isUntouched && (
            <Notice tone="info" title={`Service Connect is off for ${draft.name}`}>
              Choose what it shall be; nothing is sent before you have seen the plan.
            </Notice>
          )}
          {issues.length > 0 && (
            <Notice tone="info" title="Not complete yet">
              {issues[0]?.message}
            </Notice>
          )}
        </PlanDialogFrame>
      </FormProvider>
    </OfferProvider>
  )
}
