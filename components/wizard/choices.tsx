'use client'

import { createContext, useContext } from 'react'
import type { Choices } from '@/lib/changes/choices'
import type { Topology } from '@/lib/topology/model'

/** What a wizard's fields choose from. */
export type Offer = {
  readonly choices: Choices
  readonly topology: Topology
  readonly refresh: () => void
}

const OfferContext = createContext<Offer | null>(null)
export const OfferProvider = OfferContext.Provider

export function useOffer(): Offer {
  const offer = useContext(OfferContext)
  if (!offer) throw new Error('A field that offers choices stands outside a wizard.')
  return offer
}
