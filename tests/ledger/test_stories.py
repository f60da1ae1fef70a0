"""Stories of members and units, told as a clerk would read them, and what the books say after."""

from __future__ import annotations

import pytest
from django.db import connection

from giaoban.ledger.models import Leg
from tests.ledger.storyteller import Story
from tests.world import World

STORIES = {
    "admitted, and recognised late": """
        2018-03-05  admit An to CY1, decided 2018-02-20
        2018-03-04  An is nowhere
        2018-03-05  An is probationary in CY1
        # The approval is late; standing counts from the end of the twelve months.
        2019-04-20  recognise An in CY1, recorded 2019-04-22
        2019-03-04  An is probationary in CY1
        2019-03-05  An is full in CY1
    """,
    "recognised before the twelve months are over": """
        2018-03-05  admit An to CY1
        2019-02-01  recognise An in CY1                              !! probation_too_short
        2019-03-06  recognise An in CY1, full from 2019-03-01        !! probation_too_short
        2019-03-06  recognise An in CY1, full from 2019-03-01, because the decision says so
        2019-03-01  An is full in CY1
        2019-03-07  recognise An in CY1                              !! not_probationary
    """,
    "recognition of somebody whose ceremony is only on the first list": """
        2018-01-01  An stands at the beginning in CY1 as probationary, ceremony 2017-06-15
        2018-01-01  Binh stands at the beginning in CY1 as probationary
        2018-07-01  recognise An in CY1
        2018-06-14  An is probationary in CY1
        2018-06-15  An is full in CY1
        2018-07-01  recognise Binh in CY1                            !! ceremony_unknown
        2018-07-01  recognise Binh in CY1, full from 2018-07-01
        2018-07-01  Binh is full in CY1
    """,
    "recognised after a transfer: full in the unit of then, and on the way": """
        2017-03-05  admit An to CY1, recorded 2018-01-01
        2018-04-01  [transfer] transfer An from CY1 to TX1
        2018-04-01  An is probationary in TX1
        2018-05-01  recognise An in YB                               !! not_a_member
        2018-05-01  [recognition] recognise An in TX1
        2018-03-04  An is probationary in CY1
        2018-03-05  An is full in CY1
        2018-04-01  An is full in TX1
        2018-05-02  reverse [transfer]                               !! already_reversed
        2018-05-02  reverse [recognition]                            !! later_movement
        2018-05-02  recognise An in TX1                              !! not_probationary
        2018-06-01  transfer An from TX1 to CY2
        2018-06-01  An is full in CY2
    """,
    "recognised after papers and a merger, from the unit of then": """
        2017-03-05  admit An to CY1, recorded 2018-01-01
        2018-03-10  give An a transfer paper in CY1
        2018-03-20  TX1 receives An
        2018-03-25  merge TX1 into new TXN
        2018-04-01  give An a transfer paper in TXN
        2018-04-10  YB receives An
        2018-05-01  recognise An in CY1
        2018-03-05  An is full in CY1
        2018-03-10  An is full, in transit, in CY1
        2018-03-20  An is full in TX1
        2018-03-25  An is full in TXN
        2018-04-01  An is full, in transit, in TXN
        2018-04-10  An is full in YB
        2018-04-10  TXN has no members
        2018-05-02  CY2 receives An                                  !! not_receivable
    """,
    "recognised after a departure or a death": """
        2017-03-05  admit An to CY1, recorded 2018-01-01
        2017-03-05  admit Binh to CY1, recorded 2018-01-01
        2018-04-01  An departs from CY1
        2018-04-01  Binh dies in CY1
        2018-05-01  recognise An in CY1
        2018-05-01  recognise Binh in CY1
        2018-03-31  An is full in CY1
        2018-03-31  Binh is full in CY1
        2018-04-01  An is nowhere
        2018-05-02  An arrives in TX1 from outside
        2018-05-02  restore Binh in CY1                              !! died_before
    """,
    "struck off in probation, nobody is recognised": """
        2017-03-05  admit An to CY1, recorded 2018-01-01
        2018-04-01  An is struck off in CY1
        2018-05-01  recognise An in CY1                              !! later_movement
    """,
    "an old admission does not count for somebody who came back on probation": """
        2015-03-05  admit An to CY1
        2015-09-01  An departs from CY1
        2018-01-01  An stands at the beginning in CY2 as probationary, ceremony 2017-06-15
        2018-07-01  recognise An in CY2
        2018-06-14  An is probationary in CY2
        2018-06-15  An is full in CY2
    """,
    "transferred with a paper, counted once all the time": """
        2018-01-01  An stands at the beginning in CY1
        2018-04-02  give An a transfer paper in CY1
        2018-04-03  give An a transfer paper in CY1                  !! already_in_transit
        2018-04-03  transfer An from CY1 to TX1                      !! already_in_transit
        2018-04-03  CY1 receives An                                  !! transfer_to_self
        2018-04-20  TX1 receives An
        2018-04-01  An is full in CY1
        2018-04-02  An is full, in transit, in CY1
        2018-04-19  CY1 has 1 member
        2018-04-20  An is full in TX1
        2018-04-20  CY1 has no members
        2018-04-21  CY2 receives An                                  !! not_receivable
        2018-04-21  CY2 receives Binh                                !! not_in_transit
    """,
    "somebody who came from outside has no paper to receive": """
        2018-01-05  An arrives in CY1 from outside
        2018-04-21  CY2 receives An                                  !! not_in_transit
    """,
    "a probationer keeps their standing on the way": """
        2018-03-05  admit An to CY1
        2018-04-02  give An a transfer paper in CY1
        2018-05-02  An is probationary, in transit, in CY1
        2018-05-02  TX1 receives An
        2018-05-02  An is probationary in TX1
        2019-03-20  recognise An in TX1
        2019-03-05  An is full in TX1
    """,
    "a cancelled paper": """
        2018-01-01  An stands at the beginning in CY1
        2018-04-02  [paper] give An a transfer paper in CY1
        2018-05-02  reverse [paper]
        2018-04-15  An is full in CY1
        2018-05-03  reverse [paper]                                  !! already_reversed
        2018-05-03  transfer An from CY1 to TX1
        2018-05-03  An is full in TX1
    """,
    "a paper can't be cancelled once it is received": """
        2018-01-01  An stands at the beginning in CY1
        2018-04-02  [paper] give An a transfer paper in CY1
        2018-04-20  [receipt] TX1 receives An
        2018-05-02  reverse [paper]                                  !! later_movement
        2018-05-02  reverse [receipt]
        2018-05-02  reverse [paper]
        2018-05-02  An is full in CY1
    """,
    "transfers stay inside one system": """
        2018-01-01  An stands at the beginning in CY1
        2018-04-02  transfer An from CY1 to CY1                      !! transfer_to_self
        2018-04-02  transfer An from CY1 to LD                       !! families_differ
        2018-04-02  An stands at the beginning in LD                 # a trade unionist as well
    """,
    "death before a merger, recorded late": """
        2018-01-01  An stands at the beginning in CY
        2018-01-01  Binh stands at the beginning in CY
        2025-07-01  merge CY, TX into new XM
        2025-07-01  XM has 2 members
        2025-05-10  An dies in CY, recorded 2025-09-01
        2025-05-09  An is full in CY
        2025-05-10  An is nowhere
        2025-07-01  An is nowhere
        2025-07-01  XM has 1 member
        2025-07-01  CY has no members
    """,
    "death on the very day of the merger": """
        2018-01-01  An stands at the beginning in CY
        2025-07-01  merge CY, TX into new XM
        2025-07-01  An dies in CY                                    !! unit_closed
        2025-07-01  An dies in XM
        2025-06-30  An is full in CY
        2025-07-01  An is nowhere
        2025-07-02  XM has no members
    """,
    "admission before a merger, recorded late": """
        2025-07-01  merge CY, TX into new XM
        2025-03-05  [admission] admit An to CY, recorded 2025-09-01
        2025-03-05  An is probationary in CY
        2025-07-01  An is probationary in XM
        2025-07-01  CY has no members
        2026-03-20  recognise An in XM
        2026-03-05  An is full in XM
        2026-04-01  reverse [admission]                              !! later_movement
    """,
    "recognition before a merger, recorded late": """
        2024-03-05  admit An to CY
        2025-07-01  merge CY, TX into new XM
        2025-07-01  An is probationary in XM
        2025-03-20  recognise An in CY, recorded 2025-09-01
        2025-03-05  An is full in CY
        2025-07-01  An is full in XM
    """,
    "transfer between two mergers, recorded late": """
        2018-01-01  An stands at the beginning in CY
        2025-07-01  merge CY into new XM
        2025-07-01  merge TX into new XN
        2025-05-10  transfer An from CY to TX, recorded 2025-09-01
        2025-05-10  An is full in TX
        2025-07-01  An is full in XN
        2025-07-01  XM has no members
    """,
    "two mergers on one day, a late admission goes all the way": """
        2025-07-01  merge CY into TX
        2025-07-01  merge TX into new XN
        2025-03-05  admit An to CY, recorded 2025-09-01
        2025-07-01  An is probationary in XN
        2025-07-01  TX has no members
    """,
    "no end before the day on which another unit came in": """
        2018-03-01  found CY8 under CY
        2018-03-01  found CY9 under CY
        2018-05-01  [merger] merge CY8 into CY9
        2018-04-01  merge CY9 into CY1, recorded 2018-06-01          !! later_rows
        2018-04-01  close CY9, recorded 2018-06-01                   !! later_rows
        2018-06-01  reverse [merger]
        2018-06-01  close CY9
    """,
    "no founding taken back under what came in": """
        2018-03-01  found CY8 under CY
        2018-03-01  [founding] found CY9 under CY
        2018-05-01  merge CY8 into CY9
        2018-06-01  reverse [founding]                               !! later_rows
    """,
    "a unit lives for a day at least": """
        2025-07-01  merge CY into new XM
        2025-07-01  merge XM, TX into new XN                         !! unit_founded_that_day
        2025-07-02  merge XM, TX into new XN
    """,
    "admission before a split, recorded late, asks for the destination": """
        2018-01-01  Binh stands at the beginning in CY
        2025-07-01  split CY into new CYA, new CYB: Binh to CYA, CY1 to CYA, CY2 to CYB
        2025-07-01  CY1 lies under CYA
        2025-03-05  admit An to CY, recorded 2025-09-01              !! destination_needed
        2025-03-05  admit An to CY going from CY to CYB, recorded 2025-09-01
        2025-06-30  An is probationary in CY
        2025-07-01  An is probationary in CYB
        2025-07-01  Binh is full in CYA
    """,
    "where the split unit stays, a late comer stays unless said otherwise": """
        2018-01-01  Binh stands at the beginning in CY
        2025-07-01  divide CY into new CYA: Binh to CYA, CY1 to CYA, CY2 to CY
        2025-03-05  admit An to CY, recorded 2025-09-01
        2025-03-05  admit Chi to CY going from CY to CYA, recorded 2025-09-01
        2025-07-01  An is probationary in CY
        2025-07-01  Chi is probationary in CYA
        2025-07-01  Binh is full in CYA
        2025-07-01  CY2 lies under CY
    """,
    "a departure taken back before a split asks for the destination": """
        2018-01-01  An stands at the beginning in CY
        2018-01-01  Binh stands at the beginning in CY
        2025-05-10  [departure] An departs from CY
        2025-07-01  split CY into new CYA, new CYB: Binh to CYA, CY1 to CYA, CY2 to CYB
        2025-09-01  reverse [departure]                              !! destination_needed
        2025-09-01  reverse [departure] going from CY to CYB
        2025-07-01  An is full in CYB
    """,
    "a departure taken back before a merger": """
        2018-01-01  An stands at the beginning in CY
        2025-05-10  [departure] An departs from CY
        2025-07-01  merge CY, TX into new XM
        2025-09-01  reverse [departure]
        2025-06-30  An is full in CY
        2025-07-01  An is full in XM
    """,
    "reversal of an admission after a merger": """
        2025-03-05  [admission] admit An to CY
        2025-07-01  merge CY, TX into new XM
        2025-07-01  XM has 1 member
        2025-09-01  reverse [admission]
        2025-03-05  An is nowhere
        2025-07-01  An is nowhere
        2025-07-01  XM has no members
        2025-07-01  CY has no members
    """,
    "a correction: another day, another unit, another person": """
        2018-03-05  [first] admit An to CY1
        2019-01-01  [second] correct [first]: admit An to CY1 on 2018-04-05
        2018-03-05  An is nowhere
        2018-04-05  An is probationary in CY1
        2019-01-02  [third] correct [second]: admit An to CY2 on 2018-04-05
        2018-04-05  An is probationary in CY2
        2019-01-03  correct [third]: admit Binh to CY2 on 2018-04-05
        2018-04-05  An is nowhere
        2018-04-05  Binh is probationary in CY2
    """,
    "a correction across a merger": """
        2025-03-05  [first] admit An to CY
        2025-07-01  merge CY, TX into new XM
        2025-09-01  [second] correct [first]: admit An to TX on 2025-04-05
        2025-04-05  An is probationary in TX
        2025-07-01  An is probationary in XM
        2025-09-02  [third] correct [second]: admit An to XM on 2025-08-05
        2025-07-01  An is nowhere
        2025-08-05  An is probationary in XM
        2025-09-03  correct [third]: admit Binh to CY on 2025-03-05
        2025-08-05  An is nowhere
        2025-07-01  Binh is probationary in XM
        2025-07-01  XM has 1 member
    """,
    "a correction that what came later does not allow": """
        2025-03-05  [first] admit An to CY1
        2025-06-01  transfer An from CY1 to TX1
        2025-09-01  correct [first]: admit An to CY1 on 2025-07-05   !! already_member
        2025-09-01  correct [first]: admit An to CY2 on 2025-03-05   !! later_movement
        2025-09-01  correct [first]: admit An to CY1 on 2025-04-05
        2025-04-04  An is nowhere
        2025-06-01  An is probationary in TX1
    """,
    "readmission": """
        2015-03-05  admit An to CY1
        2016-01-05  An is struck off in CY1
        2018-03-05  admit An to CY2                                  !! member_before
        2018-03-05  readmit Binh to CY2                              !! never_member
        2018-03-05  readmit An to CY2
        2018-03-05  An is probationary in CY2
        2018-04-05  readmit An to CY1                                !! already_member
    """,
    "restoration of membership": """
        2018-01-01  An stands at the beginning in CY1
        2018-02-05  restore Binh in CY1                              !! never_member
        2018-03-05  An is expelled from CY1
        2018-03-05  An is nowhere
        2018-06-05  restore An in CY1
        2018-06-05  An is full in CY1
    """,
    "what is restored was taken away": """
        2018-01-01  An stands at the beginning in CY1
        2018-01-01  Binh stands at the beginning in CY1
        2018-03-01  [departure] An departs from CY1
        2018-04-01  restore An in CY1                                !! not_taken_away
        2018-04-02  reverse [departure]
        2018-04-03  An is expelled from CY1
        2018-04-04  restore An in CY1
        2018-04-05  An departs from CY1
        2018-05-01  restore An in CY1                                !! not_taken_away
        2018-05-02  An arrives in CY2 from outside
        2018-05-02  Binh resigns from CY1
        2018-05-03  restore Binh in CY1
    """,
    "nobody comes back from the dead": """
        2018-01-01  An stands at the beginning in CY1
        2018-01-01  An stands at the beginning in LD
        2018-03-01  [death] An dies in CY1
        2018-03-01  An arrives in CY2 from outside                   !! died_before
        2018-04-01  restore An in CY1                                !! died_before
        2018-04-01  readmit An to CY1                                !! died_before
        2018-04-01  An stands at the beginning in CY1                !! died_before
        2018-04-01  An turns out to stand in CY1, because found      !! died_before
        2018-04-02  An dies in LD
        2018-04-03  admit An to LD                                   !! died_before
        2018-04-03  reverse [death]
        2018-04-03  An is full in CY1
    """,
    "membership that ended before the books began": """
        2018-03-05  readmit An to CY1                                !! never_member
        2018-03-05  readmit An to CY1, because he left in 2005
        2018-03-05  An is probationary in CY1
        2018-03-05  restore Binh in CY1                              !! never_member
        2018-03-05  restore Binh in CY1, because struck off in 2005
        2018-03-05  Binh is full in CY1
    """,
    "a death taken back leaves everybody where a split put them": """
        2018-01-01  An stands at the beginning in CY
        2018-01-01  Binh stands at the beginning in CY
        2018-03-05  divide CY into new CYA: An to CYA, Binh to CY, CY1 to CYA, CY2 to CY
        2018-02-01  [first] An dies in CY, recorded 2018-04-01
        2018-02-01  [second] Binh dies in CY, recorded 2018-04-01
        2018-04-02  CYA has no members
        2018-04-03  reverse [first]
        2018-04-03  reverse [second]
        2018-03-04  An is full in CY
        2018-03-05  An is full in CYA
        2018-03-05  Binh is full in CY
    """,
    "a death taken back before a split that ended the unit, or of a late comer": """
        2018-01-01  An stands at the beginning in CY
        2018-03-05  split CY into new CYA, new CYB: An to CYA, CY1 to CYA, CY2 to CYB
        2018-02-01  [first] An dies in CY, recorded 2018-04-01
        2018-04-02  reverse [first]
        2018-03-05  An is full in CYA
        2018-02-01  admit Binh to CY going from CY to CYB, recorded 2018-05-01
        2018-02-05  [second] Binh dies in CY, recorded 2018-05-01
        2018-05-02  reverse [second]
        2018-05-02  Binh is probationary in CYB
        2018-02-05  [third] Binh departs from CY, recorded 2018-06-01
        2018-06-02  reverse [third] going from CY to CYA             # said otherwise
        2018-06-02  Binh is probationary in CYA
    """,
    "a probationer is not expelled": """
        2018-03-05  admit An to CY1
        2018-05-05  An is expelled from CY1                          !! only_full_members
        2018-05-05  An is struck off in CY1
        2018-05-05  An is nowhere
    """,
    "the other ways off the rolls": """
        2018-01-01  An stands at the beginning in CY1
        2018-01-01  Binh stands at the beginning in CY1
        2018-01-01  Chi stands at the beginning in CY1
        2018-02-01  An departs from CY1
        2018-02-01  Binh resigns from CY1
        2018-02-01  Chi ages out of CY1                              !! youth_only
        2018-02-01  Chi is struck off in CY1
        2018-02-01  CY1 has no members
        2018-02-02  An dies in CY1                                   !! not_a_member
        2018-02-02  An dies in TX1                                   !! not_a_member
    """,
    "somebody who turns out to be there": """
        2018-02-01  An turns out to stand in CY1                     !! reason_missing
        2018-02-01  An turns out to stand in CY1, because his card was found
        2018-02-01  An is full in CY1
    """,
    "an act before the unit was, and after it is no more": """
        2018-02-01  found CY3 under CY
        2018-01-31  admit An to CY3, recorded 2018-03-01             !! unit_not_yet_open
        2018-04-01  close CY3
        2018-04-01  admit An to CY3                !! unit_closed_without_successor
        2018-03-01  admit An to CY3, recorded 2018-05-01    !! unit_closed_without_successor
    """,
    "closing": """
        2018-01-01  An stands at the beginning in CY1
        2018-04-01  close CY1                                        !! unit_not_empty
        2018-04-01  close CY                                         !! unit_not_empty
        2018-04-01  transfer An from CY1 to CY2
        2018-03-31  close CY1, recorded 2018-04-02                   !! later_rows
        2018-04-01  [closing] close CY1
        2018-03-31  CY1 is open
        2018-04-01  CY1 is closed
        2018-05-01  reverse [closing]
        2018-04-15  CY1 is open
        2018-05-02  transfer An from CY2 to CY1
        2018-05-03  transfer An from CY1 to CY2
        2018-06-01  close CY1
        2018-06-01  CY1 is closed
    """,
    "a closing is not taken back once the parent is gone": """
        2018-04-01  [closing] close CY1
        2018-05-01  merge CY into TX
        2018-06-01  reverse [closing]                                !! later_rows
    """,
    "reversal of a founding": """
        2018-04-01  [founding] found CY3 under CY
        2018-04-05  [admission] admit An to CY3
        2018-05-01  reverse [founding]                               !! later_movement
        2018-05-01  reverse [admission]
        2018-05-01  reverse [founding]
        2018-04-05  CY3 is closed
        2018-06-01  found CY3 under CY                               # the code is free again
        2018-06-01  admit An to CY3
        2018-06-01  CY3 has 1 member
    """,
    "reversal of a founding that others lean on": """
        2018-04-01  [founding] found CY3 under CY
        2018-04-02  [move] move CY1 under CY3
        2018-05-01  reverse [founding]                               !! later_rows
        2018-05-01  reverse [move]
        2018-05-01  reverse [founding]
        2018-05-01  CY1 lies under CY
    """,
    "the Party has other systems below it, and no other has the Party": """
        2018-04-01  found XX under LD                                !! parent_foreign
        2018-04-01  move CY under LD                                 !! parent_foreign
        2018-04-01  move LD under CY
        2018-04-01  LD lies under CY
    """,
    "reversal of a merger": """
        2018-01-01  An stands at the beginning in CY
        2018-01-01  Binh stands at the beginning in TX
        2018-01-01  Chi stands at the beginning in CY
        2025-07-01  [merger] merge CY, TX into new XM
        2025-07-01  XM has 3 members
        2025-05-10  Chi dies in CY, recorded 2025-08-01
        2025-03-05  admit Dung to CY, recorded 2025-08-01            # a share of his own
        2025-07-01  XM has 3 members
        2025-09-01  reverse [merger]
        2025-07-01  CY is open
        2025-07-01  XM is closed
        2025-07-01  An is full in CY
        2025-07-01  Binh is full in TX
        2025-07-01  Chi is nowhere
        2025-07-01  Dung is probationary in CY
        2025-07-01  CY1 lies under CY
        2025-07-01  XM has no members
    """,
    "a merger that people have lived on after is not taken back at once": """
        2018-01-01  An stands at the beginning in CY
        2025-07-01  [merger] merge CY, TX into new XM
        2025-08-01  [transfer] transfer An from XM to YB
        2025-09-01  reverse [merger]                                 !! later_movement
        2025-09-01  reverse [transfer]
        2025-09-01  [admission] admit Binh to XM
        2025-09-02  reverse [merger]                                 !! later_movement
        2025-09-02  reverse [admission]
        2025-09-02  reverse [merger]
        2025-07-01  An is full in CY
    """,
    "the first of two mergers can't be taken back alone": """
        2018-01-01  An stands at the beginning in CY
        2025-07-01  [first] merge CY, TX into new XM
        2025-08-01  [second] merge XM, YB into new XN
        2025-09-01  reverse [first]                                  !! later_rows
        2025-09-01  reverse [second]
        2025-09-01  reverse [first]
        2025-08-01  An is full in CY
    """,
    "a share in a merger stands and falls with the act": """
        2025-07-01  merge CY, TX into new XM
        2025-03-05  [admission] admit An to CY, recorded 2025-09-01
        2025-09-02  reverse [admission]
        2025-09-02  XM has no members
    """,
    "a merger moves what is below": """
        2025-07-01  merge CY into TX
        2025-07-01  CY1 lies under TX
        2025-07-01  CY is closed
        2025-08-01  merge TX into TX1                                # its own child takes its place
        2025-08-01  TX1 lies under HU
        2025-08-01  CY1 lies under TX1
    """,
    "no cycle and no dead parent, late or not": """
        2018-04-01  move CY under CY1                                !! cycle
        2018-04-01  move CY under CY                                 !! cycle
        2018-06-01  move TX under CY1
        2018-05-01  move CY under TX1, recorded 2018-07-01           !! later_rows
        2018-08-01  merge YB into CY
        2018-07-01  move CY2 under YB, recorded 2018-09-01           !! later_rows
        2018-07-01  found CY3 under YB, recorded 2018-09-01          !! later_rows
        2018-08-01  move CY2 under YB, recorded 2018-09-01           !! unit_closed
    """,
    "no merger into a unit that was closed later": """
        2018-01-01  An stands at the beginning in CY1
        2018-08-01  close CY2
        2018-07-01  merge CY1 into CY2, recorded 2018-09-01          !! later_rows
        2018-08-01  merge CY1 into CY2, recorded 2018-09-01   !! unit_closed_without_successor
        2018-07-01  merge CY1 into TX1, recorded 2018-09-01
        2018-07-01  An is full in TX1
    """,
    "a successor under a unit that ends": """
        2018-04-01  merge CY into new XM under CY                    !! unit_closed
        2018-04-01  merge CY into new XM under CY1                   !! cycle
        2018-04-01  merge HU into CY1                                !! cycle
        2018-04-01  merge CY into CY                                 !! merged_into_itself
        2018-04-01  merge CY into LD                                 !! families_differ
    """,
    "a move taken back under a parent that is no more": """
        2018-04-01  [move] move CY1 under TX
        2018-05-01  merge CY into YB
        2018-06-01  reverse [move]                                   !! later_rows
    """,
    "a transfer paper that is out during a merger": """
        2018-01-01  An stands at the beginning in CY
        2025-06-01  [paper] give An a transfer paper in CY
        2025-07-01  merge CY, TX into new XM
        2025-07-01  An is full, in transit, in XM
        2025-07-05  XM receives An                                   !! transfer_to_self
        2025-07-05  YB receives An
        2025-07-05  An is full in YB
    """,
    "acts tomorrow are not recorded today": """
        2018-04-02  admit An to CY1, recorded 2018-04-01             !! future_date
        2018-04-02  recognise An in CY1, recorded 2018-04-01         !! future_date
        2018-04-02  close CY1, recorded 2018-04-01                   !! future_date
        2018-04-02  admit An to CY1, decided 2018-04-03              !! dates_out_of_order
    """,
}


@pytest.mark.parametrize("title", STORIES)
def test_story(world: World, title: str) -> None:
    Story(world).tell(STORIES[title])
    _every_book_balances()


def _every_book_balances() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry_id, unit_id FROM ledger_leg GROUP BY 1, 2 HAVING sum(quantity) <> 0"
        )
        assert cursor.fetchall() == []
    assert Leg.objects.exists()
