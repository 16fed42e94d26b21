/// One token shape: a fixed start and a run of an alphabet.
struct TokenRule: Sendable {
  /// Goes into the placeholder, so that a reader knows what stood there.
  let name: String
  let prefix: String
  let alphabet: ByteClass
  /// Bytes after the prefix. A longer run is another thing and stays.
  let length: ClosedRange<Int>
  /// The least number of different bytes after the prefix: what is below is a mask or a sample.
  let distinct: Int
  /// Short prefixes occur in names of code: the rest must then look like no words.
  let mustLookRandom: Bool

  init(
    _ name: String, _ prefix: String, _ alphabet: ByteClass, _ length: ClosedRange<Int>,
    distinct: Int = 8, mustLookRandom: Bool = false
  ) {
    self.name = name
    self.prefix = prefix
    self.alphabet = alphabet
    self.length = length
    self.distinct = distinct
    self.mustLookRandom = mustLookRandom
  }
}

/// The table of token shapes. Sources: the token formats that their issuers document.
///
/// A rule belongs here when the prefix alone identifies the issuer; secrets that are known only by
/// the name before them (`DB_PASSWORD=`) are `SecretName`'s matter.
enum RedactionRules {
  private static let open = 4096

  static let tokens: [TokenRule] =
    sourceHosts + clouds + models + payments + chats + services + others

  /// Source hosts, package registries, build services.
  private static let sourceHosts: [TokenRule] = [
    TokenRule("github-token", "ghp_", .base62, 30...open),
    TokenRule("github-token", "gho_", .base62, 30...open),
    TokenRule("github-token", "ghu_", .base62, 30...open),
    TokenRule("github-token", "ghs_", .base62, 30...open),
    TokenRule("github-token", "ghr_", .base62, 30...open),
    TokenRule("github-token", "github_pat_", .word, 40...open),
    TokenRule("gitlab-token", "glpat-", .dotted, 18...open),
    TokenRule("gitlab-token", "glptt-", .base64URL, 20...open),
    TokenRule("gitlab-token", "gldt-", .base64URL, 18...open),
    TokenRule("gitlab-token", "glrt-", .dotted, 18...open),
    TokenRule("gitlab-token", "glcbt-", .base64URL, 18...open),
    TokenRule("gitlab-token", "gloas-", .hex, 64...64),
    TokenRule("bitbucket-token", "ATBB", .base62, 28...40, distinct: 14),
    TokenRule("npm-token", "npm_", .base62, 30...open),
    TokenRule("pypi-token", "pypi-AgEI", .base64URL, 50...open),
    TokenRule("rubygems-token", "rubygems_", .hex, 48...48),
    TokenRule("crates-token", "cio", .base62, 32...32, distinct: 16, mustLookRandom: true),
    TokenRule("nuget-key", "oy2", .lowerDigits, 43...43, distinct: 14, mustLookRandom: true),
    TokenRule("docker-token", "dckr_pat_", .base64URL, 20...open),
    TokenRule("docker-token", "dckr_oat_", .base64URL, 20...open),
    TokenRule("buildkite-token", "bkua_", .hex, 40...40),
    TokenRule("circleci-token", "CCIPAT_", .word, 40...open),
    TokenRule("sourcegraph-token", "sgp_", .word, 40...open),
    TokenRule("sonar-token", "sqp_", .hex, 40...40),
    TokenRule("sonar-token", "squ_", .hex, 40...40),
    TokenRule("sonar-token", "sqa_", .hex, 40...40),
    TokenRule("atlassian-token", "ATATT3", .base64URL.union(.equals), 100...open),
    TokenRule("atlassian-token", "ATCTT3", .base64URL.union(.equals), 100...open),
  ]

  /// Clouds, infrastructure, secret stores.
  private static let clouds: [TokenRule] = [
    TokenRule("aws-key-id", "AKIA", .upperDigits, 16...16),
    TokenRule("aws-key-id", "ASIA", .upperDigits, 16...16),
    TokenRule("aws-key-id", "ABIA", .upperDigits, 16...16),
    TokenRule("aws-key-id", "ACCA", .upperDigits, 16...16),
    TokenRule("aws-bedrock-key", "ABSKQmVkcm9ja0FQSUtleS", .base64, 60...open),
    TokenRule("google-key", "AIza", .base64URL, 35...35),
    TokenRule("google-oauth", "ya29.", .base64URL, 30...open),
    TokenRule("google-oauth-secret", "GOCSPX-", .base64URL, 28...28),
    TokenRule("google-refresh-token", "1//0", .base64URL, 40...open),
    TokenRule("digitalocean-token", "dop_v1_", .hex, 64...64),
    TokenRule("digitalocean-token", "doo_v1_", .hex, 64...64),
    TokenRule("digitalocean-token", "dor_v1_", .hex, 64...64),
    TokenRule("heroku-key", "HRKU-", .base64URL, 36...open),
    TokenRule("fly-token", "fo1_", .base64URL, 43...43),
    TokenRule("fly-token", "fm2_", .base64, 100...open),
    TokenRule("fly-token", "fm1r_", .base64, 100...open),
    TokenRule("vault-token", "hvs.", .base64URL, 24...open),
    TokenRule("vault-token", "hvb.", .base64URL, 24...open),
    TokenRule("vault-token", "hvr.", .base64URL, 24...open),
    TokenRule("vault-token", "s.", .base62, 24...24, distinct: 15, mustLookRandom: true),
    TokenRule("doppler-token", "dp.pt.", .base62, 40...open),
    TokenRule("doppler-token", "dp.st.", .dotted, 40...open),
    TokenRule("doppler-token", "dp.ct.", .base62, 40...open),
    TokenRule("databricks-token", "dapi", .hex.union(.dash), 32...34),
    TokenRule("pulumi-token", "pul-", .hex, 40...40),
    TokenRule("supabase-token", "sbp_", .hex, 40...open),
    TokenRule("supabase-token", "sb_secret_", .base64URL, 20...open),
    TokenRule("planetscale-token", "pscale_tkn_", .dotted, 32...open),
    TokenRule("planetscale-token", "pscale_pw_", .dotted, 32...open),
    TokenRule("age-key", "AGE-SECRET-KEY-1", .upperDigits, 58...58),
    TokenRule("1password-token", "ops_eyJ", .base64, 100...open),
    TokenRule("tailscale-key", "tskey-", .base64URL, 20...open),
    TokenRule("netlify-token", "nfp_", .base62, 36...open),
    TokenRule("vercel-token", "vcp_", .base62, 24...open),
    TokenRule("azure-secret", "AccountKey=", .base64, 80...92),
    TokenRule("alibaba-key-id", "LTAI", .base62, 16...24, distinct: 10),
  ]

  /// Model providers.
  private static let models: [TokenRule] = [
    TokenRule("anthropic-key", "sk-ant-", .base64URL, 24...open),
    TokenRule("openai-key", "sk-proj-", .base64URL, 24...open),
    TokenRule("openai-key", "sk-svcacct-", .base64URL, 24...open),
    TokenRule("openai-key", "sk-admin-", .base64URL, 24...open),
    TokenRule("openrouter-key", "sk-or-", .base64URL, 32...open),
    TokenRule("langsmith-key", "lsv2_", .word, 40...open),
    TokenRule("langfuse-key", "sk-lf-", .base64URL, 32...open),
    TokenRule("openai-key", "sk-", .base62, 32...open, distinct: 10, mustLookRandom: true),
    TokenRule("huggingface-token", "hf_", .base62, 34...40, distinct: 14),
    TokenRule("huggingface-token", "api_org_", .base62, 34...34, distinct: 14),
    TokenRule("groq-key", "gsk_", .base62, 40...open),
    TokenRule("replicate-token", "r8_", .base62, 37...40, distinct: 14, mustLookRandom: true),
    TokenRule("perplexity-key", "pplx-", .base62, 40...open),
    TokenRule("xai-key", "xai-", .base62, 60...open),
    TokenRule("nvidia-key", "nvapi-", .base64URL, 50...open),
    TokenRule("fireworks-key", "fw_", .base62, 22...24, distinct: 14, mustLookRandom: true),
    TokenRule("tavily-key", "tvly-", .base64URL, 24...open),
  ]

  /// Payments and commerce.
  private static let payments: [TokenRule] = [
    TokenRule("stripe-key", "sk_live_", .base62, 16...open),
    TokenRule("stripe-key", "rk_live_", .base62, 16...open),
    TokenRule("stripe-key", "pk_live_", .base62, 16...open),
    TokenRule("stripe-key", "sk_test_", .base62, 16...open),
    TokenRule("stripe-key", "rk_test_", .base62, 16...open),
    TokenRule("stripe-webhook-secret", "whsec_", .base64, 24...open),
    TokenRule("square-token", "sq0atp-", .base64URL, 22...open),
    TokenRule("square-token", "sq0csp-", .base64URL, 40...open),
    TokenRule("square-token", "EAAA", .base64URL, 56...64, distinct: 20),
    TokenRule("shopify-token", "shpat_", .base62, 32...32),
    TokenRule("shopify-token", "shpss_", .base62, 32...32),
    TokenRule("shopify-token", "shpca_", .base62, 32...32),
    TokenRule("shopify-token", "shppa_", .base62, 32...32),
    TokenRule("plaid-token", "access-sandbox-", .hex.union(.dash), 36...36),
    TokenRule("plaid-token", "access-production-", .hex.union(.dash), 36...36),
    TokenRule("razorpay-key", "rzp_live_", .base62, 14...14),
  ]

  /// Chat, mail and telephony.
  private static let chats: [TokenRule] = [
    TokenRule("slack-token", "xoxb-", .base64URL, 20...open),
    TokenRule("slack-token", "xoxp-", .base64URL, 20...open),
    TokenRule("slack-token", "xoxa-", .base64URL, 20...open),
    TokenRule("slack-token", "xoxr-", .base64URL, 20...open),
    TokenRule("slack-token", "xoxs-", .base64URL, 20...open),
    TokenRule("slack-token", "xoxc-", .base64URL, 20...open),
    TokenRule("slack-token", "xoxd-", .path, 30...open),
    TokenRule("slack-token", "xoxe-", .base64URL, 20...open),
    TokenRule("slack-token", "xoxe.xox", .dotted, 40...open),
    TokenRule("slack-token", "xapp-", .base64URL, 30...open),
    TokenRule("slack-webhook", "hooks.slack.com/services/", .path, 30...open),
    TokenRule("slack-webhook", "hooks.slack.com/workflows/", .path, 30...open),
    TokenRule("slack-webhook", "hooks.slack.com/triggers/", .path, 30...open),
    TokenRule("discord-webhook", "discord.com/api/webhooks/", .path, 60...open),
    TokenRule("discord-webhook", "discordapp.com/api/webhooks/", .path, 60...open),
    TokenRule("sendgrid-key", "SG.", .dotted, 60...open, distinct: 20),
    TokenRule("mailgun-key", "key-", .hex, 32...32),
    TokenRule("mailchimp-key", "md-", .base62, 22...22, distinct: 12, mustLookRandom: true),
    TokenRule("brevo-key", "xkeysib-", .base64URL, 60...open),
    TokenRule("resend-key", "re_", .word, 32...36, distinct: 16, mustLookRandom: true),
    TokenRule("twilio-key", "SK", .hex, 32...32),
  ]

  /// Trackers, analytics, monitoring.
  private static let services: [TokenRule] = [
    TokenRule("linear-key", "lin_api_", .base62, 30...open),
    TokenRule("linear-key", "lin_oauth_", .base62, 30...open),
    TokenRule("notion-token", "ntn_", .base62, 40...open),
    TokenRule("notion-token", "secret_", .base62, 43...43, distinct: 16, mustLookRandom: true),
    TokenRule("figma-token", "figd_", .base64URL, 38...open),
    TokenRule("airtable-token", "pat", .dotted, 79...79, distinct: 16, mustLookRandom: true),
    TokenRule("asana-token", "1/", .digit.union(.colon).union(.lowerHexLetter), 44...60),
    TokenRule("postman-key", "PMAK-", .hex.union(.dash), 59...59),
    TokenRule("posthog-key", "phc_", .base62, 32...open),
    TokenRule("posthog-key", "phx_", .base62, 32...open),
    TokenRule("sentry-token", "sntrys_", .base64.union(.underscore), 60...open),
    TokenRule("sentry-token", "sntryu_", .hex, 64...64),
    TokenRule("newrelic-key", "NRAK-", .upperDigits, 27...27),
    TokenRule("newrelic-key", "NRJS-", .hex, 19...19),
    TokenRule("newrelic-key", "NRII-", .base64URL, 32...32),
    TokenRule("grafana-token", "glc_", .base64, 32...open),
    TokenRule("grafana-token", "glsa_", .word, 40...open),
    TokenRule("dynatrace-token", "dt0c01.", .dotted, 80...open),
    TokenRule("honeycomb-key", "hcaik_", .base62, 50...open),
    TokenRule("launchdarkly-key", "sdk-", .hex.union(.dash), 36...36),
    TokenRule("algolia-token", "ALGO_", .base62, 32...32),
    TokenRule("contentful-token", "CFPAT-", .base64URL, 43...43),
    TokenRule("mapbox-token", "sk.eyJ", .dotted, 40...open),
    TokenRule("hubspot-token", "pat-na1-", .hex.union(.dash), 36...36),
    TokenRule("hubspot-token", "pat-eu1-", .hex.union(.dash), 36...36),
  ]

  /// Everything else whose issuer documents a prefix.
  private static let others: [TokenRule] = [
    TokenRule("gitlab-token", "glsoat-", .base64URL, 20...open),
    TokenRule("gitlab-token", "glffct-", .base64URL, 20...open),
    TokenRule("gitlab-token", "glimt-", .base64URL, 20...open),
    TokenRule("gitlab-token", "glagent-", .base64URL, 40...open),
    TokenRule("gitlab-token", "glft-", .base64URL, 20...open),
    TokenRule("artifactory-key", "AKCp", .base62, 60...80, distinct: 16),
    TokenRule("artifactory-token", "cmVmdGtu", .base62, 56...64, distinct: 16),
    TokenRule("clojars-token", "CLOJARS_", .hex, 60...60),
    TokenRule("scalingo-token", "tk-us-", .base64URL, 48...48),
    TokenRule("doppler-token", "dp.scim.", .base62, 40...open),
    TokenRule("doppler-token", "dp.audit.", .base62, 40...open),
    TokenRule("planetscale-token", "pscale_oauth_", .dotted, 32...open),
    TokenRule("neon-key", "napi_", .lowerDigits, 50...open),
    TokenRule("cerebras-key", "csk-", .lowerDigits, 40...open, distinct: 10),
    TokenRule("runpod-key", "rpa_", .base62, 40...open),
    TokenRule("together-key", "tgp_v1_", .base64URL, 40...open),
    TokenRule("jina-key", "jina_", .base64URL, 50...open),
    TokenRule("elevenlabs-key", "sk_", .base62, 32...open, distinct: 10, mustLookRandom: true),
    TokenRule("wandb-key", "wandb_v1_", .word, 40...open),
    TokenRule("prefect-key", "pnu_", .lowerDigits, 36...36),
    TokenRule("prefect-key", "pnb_", .lowerDigits, 36...36),
    TokenRule("dbt-token", "dbtc_", .base64URL, 30...open),
    TokenRule("dbt-token", "dbtu_", .base64URL, 30...open),
    TokenRule("axiom-token", "xaat-", .hex.union(.dash), 36...36),
    TokenRule("axiom-token", "xapt-", .hex.union(.dash), 36...36),
    TokenRule("trigger-key", "tr_prod_", .base62, 20...open),
    TokenRule("trigger-key", "tr_dev_", .base62, 20...open),
    TokenRule("inngest-key", "signkey-prod-", .hex, 40...open),
    TokenRule("typeform-token", "tfp_", .dotted, 50...open),
    TokenRule("readme-key", "rdme_", .lowerDigits, 60...open),
    TokenRule("easypost-key", "EZAK", .base62, 54...54, distinct: 14),
    TokenRule("easypost-key", "EZTK", .base62, 54...54, distinct: 14),
    TokenRule("shippo-token", "shippo_live_", .base62, 40...40),
    TokenRule("shippo-token", "shippo_test_", .base62, 40...40),
    TokenRule("duffel-token", "duffel_test_", .base64URL, 40...open),
    TokenRule("duffel-token", "duffel_live_", .base64URL, 40...open),
    TokenRule("flutterwave-key", "FLWSECK_TEST-", .base64URL, 16...open),
    TokenRule("flutterwave-key", "FLWSECK-", .base64URL, 16...open),
    TokenRule("frameio-token", "fio-u-", .base64URL, 60...open),
    TokenRule("dropbox-token", "sl.", .base64URL, 120...open),
    TokenRule("facebook-token", "EAACEdEose0cBA", .base62, 20...open),
    TokenRule("facebook-token", "EAAG", .base62, 100...open, distinct: 20),
    TokenRule("adafruit-key", "aio_", .base62, 28...28),
    TokenRule("pubnub-key", "sec-c-", .base64URL, 36...open),
    TokenRule("brevo-key", "xsmtpsib-", .base64URL, 60...open),
    TokenRule("telnyx-key", "KEY", .base64URL, 50...60, distinct: 20, mustLookRandom: true),
    TokenRule("honeybadger-token", "hbp_", .base62, 30...open),
    TokenRule("onepassword-key", "A3-", .upperDigits.union(.dash), 34...40, distinct: 14),
    TokenRule("zapier-webhook", "hooks.zapier.com/hooks/catch/", .path, 12...open, distinct: 6),
    TokenRule("yandex-token", "y0_", .base64URL, 50...open),
  ]
}
