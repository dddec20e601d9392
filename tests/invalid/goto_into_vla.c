void f(int n)
{
    goto in; //~ ERROR FH1210
    {
        int a[n];
    in:
        a[0] = 1;
    }
}
