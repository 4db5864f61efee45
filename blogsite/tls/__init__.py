"""HTTPS by the site's own server: certificates, made here or brought along."""
