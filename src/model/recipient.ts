/** Who can change what this computer cannot: the provider, whoever runs the network or the service, whoever makes it. */
export const recipients = ['isp', 'admin', 'vendor'] as const;
export type Recipient = (typeof recipients)[number];
