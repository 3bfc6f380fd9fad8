"""Plans made hour by hour, by someone who does not know what comes: docs/METHOD.md, section 12."""
