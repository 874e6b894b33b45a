"""Visits as FHIR R4 (https://hl7.org/fhir/R4), in plain dictionaries: a transaction Bundle a visit, and back.

Codes of published vocabularies stand beside mmt's own, which `code_systems` publishes. What FHIR has no
element for stands in extensions, so that a visit comes back with the same values and its digest still fits.
"""
