'use client'

import { useFormContext, useWatch } from 'react-hook-form'
import type { DiscoverySettings } from '@/lib/changes/inputs/create-discovery-service'
import { settle } from './settle'
import { type DiscoveryValues, discoveryValues, typeOfNamespace } from './values'

const settingsOf = (values: DiscoveryValues): DiscoverySettings => ({
  namespaceType: typeOfNamespace(values.namespace),
  records: values.records,
  routing: values.routing,
  health: values.health.kind,
  forEcsTasks: values.forEcsTasks,
})

/** The discovery service at `group` in the form around, and a way to bring it in order after something in it was chosen. */
export function useDiscovery(group: string) {
  const { getValues, setValue } = useFormContext()
  const watched: unknown = useWatch({ name: group })
  const values = discoveryValues.parse(watched)
  const settings = settingsOf(values)
  const settleNow = () => {
    const now: unknown = getValues(group)
    const settled = settle(settingsOf(discoveryValues.parse(now)), settings)
    setValue(`${group}.records`, settled.records, { shouldDirty: true })
    setValue(`${group}.routing`, settled.routing, { shouldDirty: true })
    setValue(`${group}.health.kind`, settled.health, { shouldDirty: true })
  }
  return { values, settings, settleNow }
}
