/**
 * Names that many people and programs ask for, the best known first. Source: written down from use, as the people who
 * wrote this know them: search, mail, shops, banks, news, public services, and the places from which programs fetch
 * packages. No ranking was copied. Bounded on purpose: each name more is another one that a rare but right name of
 * somebody's can be taken for.
 */
const lines = `
google.com youtube.com facebook.com wikipedia.org instagram.com whatsapp.com twitter.com reddit.com amazon.com
yahoo.com linkedin.com netflix.com microsoft.com apple.com github.com stackoverflow.com openai.com chatgpt.com
tiktok.com pinterest.com bing.com duckduckgo.com twitch.tv spotify.com paypal.com ebay.com telegram.org zoom.us
discord.com slack.com dropbox.com adobe.com office.com live.com outlook.com hotmail.com gmail.com icloud.com
msn.com wordpress.com wordpress.org tumblr.com imdb.com medium.com quora.com etsy.com aliexpress.com alibaba.com
booking.com airbnb.com tripadvisor.com expedia.com uber.com skype.com signal.org proton.me protonmail.com
mozilla.org firefox.com wikimedia.org wiktionary.org archive.org britannica.com
walmart.com target.com bestbuy.com ikea.com shopify.com stripe.com wise.com revolut.com visa.com mastercard.com
chase.com bankofamerica.com wellsfargo.com hsbc.com barclays.co.uk americanexpress.com citibank.com
cnn.com nytimes.com bbc.com bbc.co.uk theguardian.com reuters.com bloomberg.com forbes.com washingtonpost.com
weather.com espn.com dailymail.co.uk
google.de google.fr google.es google.it google.co.uk google.nl google.pl google.ch google.at
amazon.de amazon.fr amazon.es amazon.it amazon.co.uk amazon.nl ebay.de ebay.co.uk ebay.fr
spiegel.de zeit.de bild.de heise.de tagesschau.de web.de gmx.de gmx.net t-online.de deutschebahn.com bahn.de
sparkasse.de commerzbank.de deutsche-bank.de ing.de postbank.de bund.de elster.de zalando.de otto.de
mediamarkt.de idealo.de kleinanzeigen.de
lemonde.fr lefigaro.fr orange.fr free.fr laposte.net leboncoin.fr service-public.fr impots.gouv.fr sncf-connect.com
elpais.com elmundo.es repubblica.it corriere.it allegro.pl onet.pl wp.pl marktplaats.nl bol.com
yandex.ru mail.ru vk.com baidu.com qq.com taobao.com rakuten.co.jp naver.com
gov.uk europa.eu usa.gov irs.gov nasa.gov who.int un.org
github.io gitlab.com bitbucket.org gitea.com codeberg.org sourceforge.net stackexchange.com serverfault.com
superuser.com askubuntu.com developer.mozilla.org w3.org ietf.org rfc-editor.org
api.github.com raw.githubusercontent.com objects.githubusercontent.com githubusercontent.com codeload.github.com
npmjs.com npmjs.org yarnpkg.com unpkg.com jsdelivr.net cdn.jsdelivr.net
cdnjs.cloudflare.com nodejs.org deno.land bun.sh
python.org anaconda.com anaconda.org conda.anaconda.org
docs.rs rust-lang.org static.rust-lang.org rustup.rs
golang.org go.dev pkg.go.dev
rubygems.org index.rubygems.org ruby-lang.org packagist.org repo.packagist.org getcomposer.org php.net
maven.org apache.org gradle.org plugins.gradle.org services.gradle.org
nuget.org api.nuget.org dotnet.microsoft.com hex.pm cpan.org cran.r-project.org
docker.com docker.io hub.docker.com registry-1.docker.io auth.docker.io download.docker.com ghcr.io quay.io gcr.io
mcr.microsoft.com public.ecr.aws kubernetes.io registry.k8s.io helm.sh podman.io
debian.org ubuntu.com archive.ubuntu.com security.ubuntu.com
ports.ubuntu.com launchpad.net ppa.launchpadcontent.net fedoraproject.org mirrors.fedoraproject.org centos.org
redhat.com almalinux.org rockylinux.org opensuse.org download.opensuse.org archlinux.org alpinelinux.org
dl-cdn.alpinelinux.org gentoo.org kernel.org cdn.kernel.org gnu.org ftp.gnu.org freebsd.org openbsd.org nixos.org
cache.nixos.org brew.sh formulae.brew.sh snapcraft.io api.snapcraft.io flathub.org dl.flathub.org
amazonaws.com s3.amazonaws.com aws.amazon.com console.aws.amazon.com cloudfront.net azure.com portal.azure.com
login.microsoftonline.com graph.microsoft.com management.azure.com windowsupdate.com update.microsoft.com
cloud.google.com googleapis.com storage.googleapis.com accounts.google.com drive.google.com docs.google.com
mail.google.com maps.google.com firebase.google.com
cloudflare.com digitalocean.com heroku.com vercel.com netlify.com fly.io hetzner.com hetzner.cloud ovh.com linode.com
letsencrypt.org acme-v02.api.letsencrypt.org
postgresql.org mysql.com mariadb.org mongodb.com redis.io elastic.co nginx.org nginx.com grafana.com prometheus.io
jenkins.io terraform.io registry.terraform.io hashicorp.com releases.hashicorp.com
huggingface.co api.openai.com anthropic.com api.anthropic.com kaggle.com jupyter.org
smtp.gmail.com imap.gmail.com pop.gmail.com smtp.office365.com outlook.office365.com smtp-mail.outlook.com
imap.mail.yahoo.com smtp.mail.yahoo.com imap.gmx.net mail.gmx.net imap.web.de smtp.web.de smtp.sendgrid.net
smtp.mailgun.org
pool.ntp.org time.google.com time.cloudflare.com detectportal.firefox.com captive.apple.com
steampowered.com store.steampowered.com epicgames.com minecraft.net roblox.com nintendo.com playstation.com xbox.com
atlassian.com atlassian.net jira.com trello.com notion.so figma.com canva.com salesforce.com zendesk.com
teams.microsoft.com meet.google.com webex.com
nextcloud.com jetbrains.com visualstudio.com code.visualstudio.com marketplace.visualstudio.com vscode.dev
virtualbox.org vmware.com intel.com nvidia.com amd.com dell.com hp.com lenovo.com samsung.com sony.com
`;

export const wellKnownNames: readonly string[] = lines.trim().split(/\s+/);
