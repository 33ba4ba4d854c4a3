"""The talk lab: simulated customers talk to a copy of a bot, and are judged by what stands in the database at the end.

`running` plays talks, `playing` one of them. An app brings what customers want of it and how they go about it by its
Feature: `goals`, `behaviours`, `phrasings` and `sandboxes`. docs/talk-lab.md tells how it is read and added to.
"""
