'use client'

import { useFormContext } from 'react-hook-form'
import type { ConnectDraft } from '@/lib/changes/connect/draft'
import { PROXY_CPU, PROXY_MEMORY_MIB, sizeWords, spareWords } from '@/lib/changes/connect/room'
import { CheckInput } from '../wizard/fields/check-input'
import { SelectInput } from '../wizard/fields/select-input'
import { TextInput } from '../wizard/fields/text-input'
import { Fold } from '../wizard/fold'
import type { ConnectValues } from './values'

/** What the proxy takes of a task, and whether the plan makes room for it. */
export function RoomField({ room }: Pick<ConnectDraft, 'room'>) {
  const wants = sizeWords({ cpu: PROXY_CPU, memoryMib: PROXY_MEMORY_MIB })
  return (
    <CheckInput
      name="makeRoom"
      hint={
        room.fits
          ? `The proxy wants ${wants}; beside the containers ${spareWords(room)} are free. Clients of this plan are looked at too.`
          : room.larger
            ? `The proxy wants ${wants}, and only ${spareWords(room)} are free: the task grows to ${sizeWords(room.larger)}.`
            : `The proxy wants ${wants}, and no size of Fargate has room for it.`
      }
    >
      Make tasks larger where the proxy does not fit
    </CheckInput>
  )
}

/** What the proxies write. */
export function LogsFields({ hasLogs }: { hasLogs: boolean }) {
  const { watch } = useFormContext<ConnectValues>()
  const kind = watch('logs.kind')
  const accessLogs = watch('accessLogs')
  return (
    <Fold
      title="Logs of the proxies"
      summary={
        kind === 'none'
          ? 'none'
          : accessLogs === 'off'
            ? 'on, without access logs'
            : `on, access logs as ${accessLogs}`
      }
      fields={['logs', 'logs.group', 'logs.region', 'logs.streamPrefix', 'accessLogs']}
    >
      <SelectInput
        name="logs.kind"
        label="Logs"
        options={[
          { value: 'none', label: 'None' },
          ...(hasLogs ? [{ value: 'kept', label: 'As they are now' }] : []),
          { value: 'awslogs', label: 'To CloudWatch', hint: 'needs an execution role on AWS' },
        ]}
      />
      {kind === 'awslogs' && (
        <div className="grid gap-3.5 sm:grid-cols-2">
          <TextInput name="logs.group" label="Log group" mono />
          <TextInput name="logs.streamPrefix" label="Stream prefix" mono />
          <TextInput name="logs.region" label="Region" mono />
          <CheckInput name="logs.createGroup">Create the group when it is missing</CheckInput>
        </div>
      )}
      {kind !== 'none' && (
        <SelectInput
          name="accessLogs"
          label="Access logs"
          options={[
            { value: 'off', label: 'Off' },
            { value: 'TEXT', label: 'As text' },
            { value: 'JSON', label: 'As JSON' },
          ]}
        />
      )}
      {kind !== 'none' && accessLogs !== 'off' && (
        <CheckInput name="includeQueryParameters" hint="They may hold what is not for logs.">
          With query parameters
        </CheckInput>
      )}
    </Fold>
  )
}
