'use client'

import { useFormContext, useWatch } from 'react-hook-form'
import type { ServiceValues } from './values'

/** The form of the ECS service wizard, from any field in it. */
export function useServiceForm() {
  return useFormContext<ServiceValues>()
}

/** A part of the values, reckoned at every change. `pick` should give text or a number, so that little is drawn again. */
export function useServicePart<Part>(pick: (values: ServiceValues) => Part): Part {
  const { control } = useServiceForm()
  return useWatch({ control, compute: pick })
}
