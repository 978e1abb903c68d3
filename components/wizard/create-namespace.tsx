'use client'

import { useMemo } from 'react'
import { useOffer } from './choices'
import { firstNamespaceValues } from './namespace/values'
import { namespaceWizard, wizardAmong } from './namespace/wizard'
import { Wizard } from './wizard'
import { WizardPage } from './wizard-page'

export function CreateNamespace() {
  return <WizardPage title={namespaceWizard.title}>{() => <NamespaceWizard />}</WizardPage>
}

function NamespaceWizard() {
  const { choices, topology } = useOffer()
  const wizard = useMemo(() => wizardAmong(choices.namespaces), [choices.namespaces])
  return <Wizard wizard={wizard} first={firstNamespaceValues(choices.network.vpcs)} topology={topology} />
}
