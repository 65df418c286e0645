"""Packs: figures put together for those who lead, oversee and safeguard, as PDF and as XLSX."""
