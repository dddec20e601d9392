int f(void)
{
    int a[3];
    a--; //~ ERROR FH1205
    return 0;
}
