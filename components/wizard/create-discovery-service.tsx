'use client'

import { firstDiscoveryValues, firstNamespaceChoice } from './discovery/values'
import { discoveryWizard } from './discovery/wizard'
import { Wizard } from './wizard'
import { WizardPage } from './wizard-page'

/** `namespaceId`: where somebody came from; it is chosen then. */
export function CreateDiscoveryService({ namespaceId }: { namespaceId: string | null }) {
  return (
    <WizardPage title={discoveryWizard.title}>
      {({ choices, topology }) => {
        const namespace = firstNamespaceChoice(choices.namespaces, choices.network.vpcs, namespaceId)
        return (
          <Wizard
            wizard={discoveryWizard}
            first={{ service: firstDiscoveryValues(namespace) }}
            topology={topology}
          />
        )
      }}
    </WizardPage>
  )
}
