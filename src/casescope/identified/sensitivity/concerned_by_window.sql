-- Women with two days of removal that one window holds and the other does not.
SELECT linkage, woman_id FROM near WHERE days <= greatest($event_window_days, $own_event_window_days)
